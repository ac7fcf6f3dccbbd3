"use client";
import type { ReactNode } from "react";
import { fieldId } from "./field-id.ts";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import { useField } from "./form-context.tsx";
import styles from "./field.module.css";

/** Several lines of text with label, hint and error. */
export function TextArea(props: {
  readonly name: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string;
  readonly defaultValue?: string;
  readonly rows?: number;
  readonly maxLength?: number;
}) {
  const { name, label, hint, rows = 6, maxLength } = props;
  const { error, value, errorPrefix } = useField(name, { error: props.error, value: props.defaultValue });
  return (
    <FieldFrame name={name} label={label} hint={hint} error={error} prefix={errorPrefix}>
      <textarea
        id={fieldId(name)}
        name={name}
        rows={rows}
        maxLength={maxLength}
        dir="auto"
        defaultValue={value}
        className={styles.input}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, hint, error)}
      />
    </FieldFrame>
  );
}

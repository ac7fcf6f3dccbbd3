"use client";
import type { HTMLAttributes, InputHTMLAttributes, ReactNode } from "react";
import { fieldId } from "./field-id.ts";
import { describedBy, FieldFrame } from "./field-frame.tsx";
import { useField } from "./form-context.tsx";
import { classes } from "./classes.ts";
import styles from "./field.module.css";

export interface FieldProps {
  readonly name: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** In words; without it the field asks the form it stands in. */
  readonly error?: string | undefined;
  readonly defaultValue?: string | undefined;
  readonly type?: "text" | "password" | "search" | "date";
  /** How much text is expected; the box is as wide as that. */
  readonly size?: "code" | "short" | "full";
  readonly autoComplete?: string;
  readonly inputMode?: HTMLAttributes<HTMLInputElement>["inputMode"];
  readonly maxLength?: number;
  readonly required?: boolean;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  /** Names, Matrix IDs and codes: no spelling help, no capitals. */
  readonly literal?: boolean;
  readonly input?: Pick<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange" | "onBlur" | "autoFocus">;
}

/** One line of text with its label, hint and error. */
export function Field(props: FieldProps) {
  const { name, label, hint, type = "text", size = "full", literal, input, defaultValue, error: given, ...rest } = props;
  const { error, value, errorPrefix } = useField(name, { error: given, value: defaultValue });
  const spelling = literal ? { autoCapitalize: "none", autoCorrect: "off", spellCheck: false, dir: "auto" as const } : {};
  return (
    <FieldFrame name={name} label={label} hint={hint} error={error} prefix={errorPrefix}>
      <input
        {...rest}
        {...spelling}
        {...(input && "value" in input ? input : { ...input, defaultValue: value })}
        id={fieldId(name)}
        name={name}
        type={type}
        className={classes(styles.input, styles[size], type === "date" && styles.date)}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, hint, error)}
      />
    </FieldFrame>
  );
}

import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { fieldId } from "./field-id.ts";
import styles from "./field.module.css";

/** aria-describedby of a control, from the parts that are there. */
export function describedBy(name: string, hint: ReactNode, error: string | undefined): string | undefined {
  const parts = [hint ? `${fieldId(name)}-hint` : null, error ? `${fieldId(name)}-error` : null].filter(Boolean);
  return parts.length > 0 ? parts.join(" ") : undefined;
}

/** The error of a field, next to it; the prefix is for those who do not see the colour and the icon. */
export function FieldError({ name, error, prefix }: { readonly name: string; readonly error?: string | undefined; readonly prefix: string }) {
  if (!error) return null;
  return (
    <p id={`${fieldId(name)}-error`} className={styles.error}>
      <CircleAlert aria-hidden size={20} />
      <span>
        {prefix ? <span className="visually-hidden">{prefix} </span> : null}
        {error}
      </span>
    </p>
  );
}

/** Label, hint, error and control, in this order, for a control with one label. */
export function FieldFrame({
  name,
  label,
  hint,
  error,
  prefix,
  children,
}: {
  readonly name: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly prefix: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes(styles.field, error && styles.wrong)}>
      <label htmlFor={fieldId(name)} className={styles.label}>
        {label}
      </label>
      {hint ? (
        <div id={`${fieldId(name)}-hint`} className={styles.hint}>
          {hint}
        </div>
      ) : null}
      <FieldError name={name} error={error} prefix={prefix} />
      {children}
    </div>
  );
}

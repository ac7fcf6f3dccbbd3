import type { ReactNode } from "react";
import styles from "./field.module.css";

/** Fields that belong together (a first and a last day) under one question. */
export function FieldRow({ legend, hint, children }: { readonly legend: ReactNode; readonly hint?: ReactNode; readonly children: ReactNode }) {
  return (
    <fieldset className={styles.field}>
      <legend className={styles.label}>{legend}</legend>
      {hint ? <p className={styles.hint}>{hint}</p> : null}
      <div className={styles.together}>{children}</div>
    </fieldset>
  );
}

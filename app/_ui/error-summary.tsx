"use client";
import { useEffect, useRef } from "react";
import { fieldId } from "./field-id.ts";
import styles from "./error-summary.module.css";

/** Lists what went wrong above a form, each line leading to its field, and takes the focus. Empty: nothing. */
export function ErrorSummary({
  title,
  errors,
  prefix = "",
}: {
  readonly title: string;
  /** Words by field name; the name "" concerns the form itself. */
  readonly errors: Readonly<Record<string, string>>;
  /** "Error:"; put before the page's title. */
  readonly prefix?: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const entries = Object.entries(errors);
  const some = entries.length > 0;

  useEffect(() => {
    if (!some) return;
    box.current?.focus();
    if (!prefix || document.title.startsWith(prefix)) return;
    const before = document.title;
    document.title = `${prefix} ${before}`;
    return () => {
      document.title = before;
    };
  }, [errors, some, prefix]);

  if (!some) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1} className={styles.summary} aria-labelledby="error-summary-title">
      <h2 id="error-summary-title" className={styles.title}>
        {title}
      </h2>
      <ul className={styles.list}>
        {entries.map(([name, words]) => (
          <li key={name}>{name ? <a href={`#${fieldId(name)}`}>{words}</a> : words}</li>
        ))}
      </ul>
    </div>
  );
}

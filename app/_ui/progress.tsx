import type { ReactNode } from "react";
import styles from "./progress.module.css";

/**
 * How far a long work is: words, counts and a native bar. `total` 0 means nobody knows yet: the bar then
 * only says that something moves.
 */
export function Progress({
  label,
  detail,
  done,
  total,
}: {
  readonly label: ReactNode;
  readonly detail: ReactNode;
  readonly done: number;
  readonly total: number;
}) {
  const known = total > 0 ? { value: Math.min(done, total), max: total } : {};
  return (
    <div className={styles.progress}>
      <p id="progress-label" className={styles.label}>
        {label}
      </p>
      <progress {...known} aria-labelledby="progress-label" className={styles.bar} />
      <p className={styles.detail}>{detail}</p>
    </div>
  );
}

import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

/** Where a list will be: what it will hold, and the next step. */
export function EmptyState({ title, children, action }: { readonly title: ReactNode; readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      <div className={styles.words}>{children}</div>
      {action}
    </div>
  );
}

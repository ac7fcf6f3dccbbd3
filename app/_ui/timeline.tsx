import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import styles from "./timeline.module.css";

export interface Moment {
  readonly key: string;
  /** A `<time>`. */
  readonly when: ReactNode;
  readonly who?: ReactNode;
  readonly what: ReactNode;
  readonly detail?: ReactNode;
  /** Not yet: what comes next, drawn hollow. */
  readonly ahead?: boolean;
}

/** What happened, in order, each with its time and who did it. */
export function Timeline({ moments }: { readonly moments: readonly Moment[] }) {
  return (
    <ol className={styles.timeline}>
      {moments.map((moment) => (
        <li key={moment.key} className={classes(styles.moment, moment.ahead && styles.ahead)}>
          <p className={styles.what}>{moment.what}</p>
          <p className={styles.when}>
            {moment.when}
            {moment.who ? <span className={styles.who}>{moment.who}</span> : null}
          </p>
          {moment.detail ? <div className={styles.detail}>{moment.detail}</div> : null}
        </li>
      ))}
    </ol>
  );
}

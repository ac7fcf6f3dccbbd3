import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import styles from "./summary-list.module.css";

export interface Fact {
  readonly key: string;
  readonly term: ReactNode;
  readonly value: ReactNode;
  /** A way to change the answer. */
  readonly change?: ReactNode;
}

/** Questions and answers, facts and values: "check your answers", the facts of a case. */
export function SummaryList({
  facts,
  dense = false,
  stacked = false,
}: {
  readonly facts: readonly Fact[];
  readonly dense?: boolean;
  /** Value under its term, for narrow columns. */
  readonly stacked?: boolean;
}) {
  return (
    <dl className={classes(styles.list, dense && styles.dense, stacked && styles.stacked)}>
      {facts.map((fact) => (
        <div key={fact.key} className={styles.row}>
          <dt>{fact.term}</dt>
          <dd>{fact.value}</dd>
          {fact.change ? <dd className={styles.change}>{fact.change}</dd> : null}
        </div>
      ))}
    </dl>
  );
}

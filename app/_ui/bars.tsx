import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import styles from "./bars.module.css";

const height = 160;
const band = 56;
const below = 24;
const above = 20;

export interface Series {
  readonly name: string;
  /** One for each group; null where there is nothing to say. */
  readonly values: readonly (number | null)[];
}

/**
 * Numbers as bars in groups, drawn on the server: the libraries for it want a browser's document or inline styles, which
 * the policy of our pages stops. What the picture says stands in `summary`; `children` is the table of its numbers.
 */
export function Bars(props: { readonly title: string; readonly id: string; readonly summary: string; readonly groups: readonly string[]; readonly series: readonly Series[]; readonly children: ReactNode }) {
  const { title, id, summary, groups, series, children } = props;
  const most = Math.max(1, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const width = Math.max(1, groups.length) * band;
  const bar = (band - 16) / series.length;
  return (
    <figure className={styles.figure} aria-labelledby={id}>
      <figcaption>
        <h2 id={id}>{title}</h2>
      </figcaption>
      <p>{summary}</p>
      {series.length > 1 ? (
        <ul className={styles.legend}>
          {series.map(({ name }, index) => (
            <li key={name}>
              <svg viewBox="0 0 12 12" width={12} height={12} aria-hidden>
                <rect width={12} height={12} className={styles[`s${index}`]} />
              </svg>{" "}
              {name}
            </li>
          ))}
        </ul>
      ) : null}
      <div className={styles.scroll} role="group" tabIndex={0} aria-label={title}>
        <svg viewBox={`0 0 ${width} ${above + height + below}`} width={width} height={above + height + below} role="img" aria-label={summary} className={styles.plot}>
          <line x1={0} x2={width} y1={above + height} y2={above + height} className={styles.axis} />
          {groups.map((group, at) => (
            <g key={group} transform={`translate(${at * band + 8} 0)`}>
              {series.map(({ name, values }, index) => {
                const value = values[at] ?? null;
                if (value === null) return null;
                const tall = value === 0 ? 0 : Math.max(2, (value / most) * height);
                return (
                  <g key={name}>
                    <rect x={index * bar + 1} y={above + height - tall} width={Math.max(1, bar - 2)} height={tall} className={classes(styles.bar, styles[`s${index}`])} />
                    {value > 0 ? (
                      <text x={index * bar + bar / 2} y={above + height - tall - 4} className={styles.value}>
                        {value}
                      </text>
                    ) : null}
                  </g>
                );
              })}
              <text x={(band - 16) / 2} y={above + height + 17} className={styles.group}>
                {group}
              </text>
            </g>
          ))}
        </svg>
      </div>
      {children}
    </figure>
  );
}

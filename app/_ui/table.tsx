import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import styles from "./table.module.css";

export interface Column {
  readonly key: string;
  readonly label: ReactNode;
  readonly numeric?: boolean;
}

/** Numbers and words in columns; the first cell of a row names it. On a narrow screen it scrolls by itself. */
export function Table({
  caption,
  captioned = true,
  columns,
  rows,
  footer,
}: {
  readonly caption: string;
  /** False where a heading above says the same: the caption is then for those who do not see it. */
  readonly captioned?: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
  readonly footer?: readonly ReactNode[];
}) {
  const cell = (content: ReactNode, index: number) => {
    const column = columns[index];
    const look = classes(column?.numeric && styles.numeric);
    return index === 0 ? (
      <th key={column?.key} scope="row">
        {content}
      </th>
    ) : (
      <td key={column?.key} className={look}>
        {content}
      </td>
    );
  };
  return (
    <div className={styles.scroll} role="group" tabIndex={0} aria-label={caption}>
      <table className={styles.table}>
        <caption className={captioned ? styles.caption : "visually-hidden"}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={classes(column.numeric && styles.numeric)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>{row.cells.map(cell)}</tr>
          ))}
        </tbody>
        {footer ? (
          <tfoot>
            <tr>{footer.map(cell)}</tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  );
}

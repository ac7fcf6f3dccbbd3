import { useTranslations } from "next-intl";
import type { Coverage } from "#lib/kinds/kind.ts";
import styles from "../public.module.css";

/** For engineers: where it lies in Synapse's database, column by column, as the builder reads it. */
export function KindTables({ covers }: { readonly covers: readonly Coverage[] }) {
  const t = useTranslations("public.rights.tables");
  const kinds = useTranslations("kinds");
  if (covers.length === 0) return <p className={styles.soft}>{t("own")}</p>;
  const names = (columns: readonly string[]) => columns.join(", ");
  /** Columns by their reason, in the order of the list. */
  const byReason = ({ stripped = {}, rows }: Coverage) => {
    const reasons = [...new Set(Object.values(stripped))];
    const columns = reasons.map((reason) => [reason, names(Object.keys(stripped).filter((column) => stripped[column] === reason))] as const);
    return rows ? [...columns, [rows, t("rows")] as const] : columns;
  };
  return (
    <details className={styles.tables}>
      <summary>{t("title", { count: covers.length })}</summary>
      <ul>
        {covers.map((coverage, index) => (
          // One table may be covered by two parts of a kind.
          <li key={`${coverage.table}-${index}`}>
            <code>{coverage.table}</code>
            <dl>
              <div>
                <dt>{t("read")}</dt>
                <dd>{coverage.counted ? t("counted") : <code>{names(coverage.columns)}</code>}</dd>
              </div>
              {byReason(coverage).map(([reason, columns]) => (
                <div key={`${reason}-${columns}`}>
                  <dt>{t("stripped")}</dt>
                  <dd>
                    <code>{columns}</code> {kinds(`withheld.${reason}`)}
                  </dd>
                </div>
              ))}
              <div>
                <dt>{t("after")}</dt>
                <dd>{kinds(`erasure.${coverage.erasure}`)}</dd>
              </div>
            </dl>
          </li>
        ))}
      </ul>
    </details>
  );
}

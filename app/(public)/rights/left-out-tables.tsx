import { useTranslations } from "next-intl";
import { leftOut } from "#lib/kinds/catalogue.ts";
import { withheldReasons } from "#lib/kinds/kind.ts";
import styles from "../public.module.css";

/** Tables no kind covers, by the reason why, each with what becomes of it. */
export function LeftOutTables() {
  const t = useTranslations("public.rights.leftOut");
  const kinds = useTranslations("kinds");
  const groups = withheldReasons.map((why) => ({ why, tables: leftOut.filter((one) => one.why === why) })).filter(({ tables }) => tables.length > 0);
  return (
    <div className={styles.leftOut}>
      <p>{t("text", { count: leftOut.length })}</p>
      {groups.map(({ why, tables }) => (
        <details key={why} className={styles.tables}>
          <summary>{t("summary", { reason: kinds(`withheld.${why}`), count: tables.length })}</summary>
          <ul>
            {tables.map(({ table, erasure }) => (
              <li key={table}>
                <code>{table}</code> {erasure ? kinds(`erasure.${erasure}`) : null}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </div>
  );
}

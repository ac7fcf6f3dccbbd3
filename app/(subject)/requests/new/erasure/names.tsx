import { useTranslations } from "next-intl";
import { classes } from "#app/_ui/classes.ts";
import styles from "./plan.module.css";

/** So many names are read at a glance; more fold away. */
const few = 8;

/** A list of names; a long one shows its beginning and folds the rest. */
export function Names({ names, column = false }: { readonly column?: boolean; readonly names: readonly { readonly key: string; readonly words: string }[] }) {
  const t = useTranslations("erasure.plan.copies");
  const list = (some: typeof names) => (
    <ul className={classes(styles.names, column && styles.column)}>
      {some.map(({ key, words }) => (
        <li key={key}>
          <bdi>{words}</bdi>
        </li>
      ))}
    </ul>
  );
  if (names.length <= few + 2) return list(names);
  return (
    <>
      {list(names.slice(0, few))}
      <details className={styles.more}>
        <summary>{t("all", { count: names.length })}</summary>
        {list(names)}
      </details>
    </>
  );
}

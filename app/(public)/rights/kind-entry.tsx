import { getTranslations } from "next-intl/server";
import type { KindId, LegalBasis } from "#lib/kinds/kind.ts";
import styles from "../public.module.css";

/** One kind of data: what, why, on which ground, how long. */
export async function KindEntry({ id, basis, portable }: { readonly id: KindId; readonly basis: LegalBasis; readonly portable: boolean }) {
  const words = await getTranslations(`kinds.${id}`);
  const t = await getTranslations("public.rights");
  const facts = [
    { term: t("why"), value: words("why") },
    { term: t("kept"), value: words("kept") },
    { term: t("basis.title"), value: `${t(`basis.${basis}`)}${portable ? ` ${t("portable")}` : ""}` },
  ];
  return (
    <article className={styles.kind} aria-labelledby={`kind-${id}`}>
      <h3 id={`kind-${id}`}>{words("title")}</h3>
      <p>{words("what")}</p>
      <dl>
        {facts.map(({ term, value }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

import { useTranslations } from "next-intl";
import { erasureOf } from "#lib/kinds/erasure-of.ts";
import { kindsOnApproval, type Kind, type Withheld } from "#lib/kinds/kind.ts";
import styles from "../public.module.css";
import { KindTables } from "./kind-tables.tsx";

/** Reasons that concern people; counters and second copies of the same do not. */
const aside: readonly Withheld[] = ["internal", "duplicate"];

/** One kind of data: what, why, on which ground, how long, what a copy gives of it and what becomes of it in the end. */
export function KindEntry({ kind }: { readonly kind: Kind }) {
  const { id, basis, portable, retention, covers } = kind;
  const kinds = useTranslations("kinds");
  const t = useTranslations("public.rights");
  const words = (part: "title" | "what" | "why" | "kept") => kinds(`${id}.${part}`);
  const withheld = new Set(covers.flatMap(({ stripped, rows }) => [...Object.values(stripped ?? {}), ...(rows ? [rows] : [])]));
  const reasons = [...withheld].filter((code) => !aside.includes(code)).map((code) => kinds(`withheld.${code}`)).join("; ");
  const amount = kindsOnApproval.includes(id) ? "onApproval" : covers.some(({ counted }) => counted) ? "counted" : reasons ? "part" : "all";
  const extent = erasureOf(kind);
  const fate = (["erased", "stays"] as const).flatMap((part) =>
    kinds.has(`${id}.${part}`) ? [t(part === "erased" ? "erasure.goes" : "erasure.stays", { text: kinds(`${id}.${part}` as "account.stays") })] : [],
  );
  const facts: readonly (readonly [term: string, values: readonly string[]])[] = [
    [t("why"), [words("why")]],
    [t("basis.title"), [t(`basis.${basis}`), ...(portable ? [t("portable")] : [])]],
    [t("kept"), [`${kinds(`retention.${retention}`)} ${words("kept")}`]],
    [t("gives.title"), [t(`gives.${amount}`, { reasons })]],
    [t("erasure.title"), fate.length > 1 ? fate : [t(`erasure.${extent}`), ...fate]],
  ];
  return (
    <article className={styles.kind} aria-labelledby={`kind-${id}`}>
      <h4 id={`kind-${id}`}>{words("title")}</h4>
      <p>{words("what")}</p>
      <dl>
        {facts.map(([term, values]) => (
          <div key={term}>
            <dt>{term}</dt>
            {values.map((value) => (
              <dd key={value}>{value}</dd>
            ))}
          </div>
        ))}
      </dl>
      <KindTables covers={covers} />
    </article>
  );
}

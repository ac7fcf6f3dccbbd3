import { CircleCheck, CircleMinus, type LucideIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { bytesInWords } from "#app/_ui/bytes.ts";
import { Section } from "#app/_ui/page.tsx";
import { totals } from "#app/_request/totals.ts";
import { kindsByDefault, type KindCounts } from "#lib/kinds/kind.ts";
import styles from "./contents.module.css";

/** How large and how long; what a copy holds and what not, in plain words. The package says the same with numbers. */
export function Contents({ counts }: { readonly counts: KindCounts | null }) {
  const t = useTranslations("requests.new");
  const format = useFormatter();
  const { rows, bytes } = totals(counts, { kinds: kindsByDefault, mediaFiles: true });
  const list = (part: "in" | "out", keys: readonly string[], Icon: LucideIcon) => (
    <Section id={part} title={t(`${part}.title`)}>
      <ul className={styles.list}>
        {keys.map((key) => (
          <li key={key}>
            <Icon aria-hidden size={18} className={styles[part]} />
            <span>{t(`${part}.${key}` as "in.own")}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
  return (
    <div className={styles.contents}>
      <Section id="estimate" title={t("estimate.title")}>
        <p>{counts ? t("estimate.size", { rows, size: bytesInWords(format, bytes) }) : t("estimate.unknown")}</p>
        <p>{t("estimate.time")}</p>
      </Section>
      {list("in", ["own", "redacted", "encrypted", "forms"], CircleCheck)}
      {list("out", ["others", "secrets", "backfilled", "elsewhere"], CircleMinus)}
    </div>
  );
}

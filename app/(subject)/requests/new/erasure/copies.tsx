import { useTranslations } from "next-intl";
import { Prose, Section } from "#app/_ui/page.tsx";
import type { Plan } from "#lib/erasure/plan.ts";
import { Names } from "./names.tsx";
import styles from "./plan.module.css";

const holders = ["homeservers", "appservices", "identityServers"] as const;

/** Who else holds copies, by name (Art. 15(1)(c), 19). */
export function Copies({ copies }: { readonly copies: Plan["copies"] }) {
  const t = useTranslations("erasure.plan.copies");
  const some = holders.filter((holder) => copies[holder].length > 0);
  return (
    <Section id="copies" title={t("title")}>
      <Prose>
        <p>{some.length === 0 ? t("none") : t("about")}</p>
      </Prose>
      <div className={styles.holders}>
        {some.map((holder) => (
          <div key={holder}>
            <h3>{t(holder)}</h3>
            <Names names={copies[holder].map((name) => ({ key: name, words: name }))} />
          </div>
        ))}
      </div>
    </Section>
  );
}

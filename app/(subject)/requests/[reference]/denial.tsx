import { useTranslations } from "next-intl";
import { Prose, Section } from "#app/_ui/page.tsx";
import styles from "./denial.module.css";
import { Remedies, type Refused } from "./remedies.tsx";

/** Why it was refused, and the remedies every refusal must name (Art. 12(4)). */
export function Denial({ denial, ...request }: Refused & { readonly denial: { readonly reason: string; readonly text: string } }) {
  const t = useTranslations("requests.denied");
  const reasons = useTranslations("reasons");
  return (
    <Section id="denial" title={t("title")}>
      <Prose>
        <p>{reasons(denial.reason)}</p>
        {denial.text ? (
          <blockquote className={styles.words} dir="auto">
            {denial.text}
          </blockquote>
        ) : null}
        <Remedies {...request} />
      </Prose>
    </Section>
  );
}

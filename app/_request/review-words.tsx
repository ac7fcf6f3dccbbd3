import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import type { Fact } from "#app/_ui/summary-list.tsx";
import type { WebContext } from "#lib/context.ts";
import type { ReviewView } from "#lib/requests/consent-review.ts";
import { PolicyTitle } from "./policy-title.tsx";
import styles from "./question-list.module.css";

/** Somebody's own words under a heading: the person's question, the officer's answer. */
export function ReviewWords({ id, title, text }: { readonly id: string; readonly title: string; readonly text: string }) {
  return (
    <Section id={id} title={title}>
      <p className={styles.words} dir="auto">
        {text}
      </p>
    </Section>
  );
}

/** What a request about consent is about, as lines of a summary. */
export function useReviewFacts({ about, policy }: Pick<ReviewView, "about" | "policy">, ctx: Pick<WebContext, "policy">): Fact[] {
  const t = useTranslations("review.facts");
  const matters = useTranslations("review.new.matter");
  return [
    { key: "about", term: t("about"), value: matters(about) },
    { key: "policy", term: t("policy"), value: policy === null ? t("none") : <PolicyTitle policy={policy} ctx={ctx} /> },
  ];
}

import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import { QuestionList } from "#app/_request/question-list.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";

/** What the person was asked before, and what they answered. */
export function Questions({ view }: { readonly view: CaseView }) {
  const t = useTranslations("clock.desk");
  const settled = view.enquiries.filter(({ endedAt }) => endedAt !== null);
  if (settled.length === 0) return null;
  return (
    <Section id="questions" title={t("questions")}>
      <QuestionList enquiries={settled} />
    </Section>
  );
}

import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { When } from "#app/_ui/when.tsx";
import { useReviewFacts } from "#app/_request/review-words.tsx";
import type { ReviewView } from "#lib/requests/consent-review.ts";
import type { CaseView } from "#lib/requests/desk-views.ts";

export function ReviewFacts({ view, review }: { readonly view: CaseView; readonly review: ReviewView }) {
  const t = useTranslations("desk");
  const words = useTranslations("review.desk");
  const came = useTranslations("intake.desk.came");
  const facts = useReviewFacts(review);
  const { account, decision, via } = view;
  return (
    <Section id="facts" title={t("case.facts")}>
      <SummaryList
        dense
        facts={[
          { key: "who", term: t("case.who"), value: <bdi>{view.mxid}</bdi> },
          { key: "account", term: t("case.account"), value: t(`account.${account.state ?? "unread"}`) },
          { key: "proof", term: t("case.proof"), value: via === "portal" ? words("proof") : came(via === "form" ? "form" : `ways.${via}`) },
          ...facts,
          { key: "asked", term: t("case.asked"), value: <When at={view.receivedAt} /> },
          ...(decision?.by ? [{ key: "by", term: t("case.decidedBy"), value: <bdi>{decision.by}</bdi> }] : []),
        ]}
      />
    </Section>
  );
}

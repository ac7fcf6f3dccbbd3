import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { When } from "#app/_ui/when.tsx";
import { useReviewFacts } from "#app/_request/review-words.tsx";
import type { WebContext } from "#lib/context.ts";
import type { ReviewView } from "#lib/requests/consent-review.ts";
import type { RequestView } from "#lib/requests/views.ts";

export function ReviewFacts({ request, review, ctx }: { readonly request: RequestView; readonly review: ReviewView; readonly ctx: WebContext }) {
  const t = useTranslations("requests");
  const facts = useReviewFacts(review, ctx);
  return (
    <Section id="facts" title={t("page.facts")}>
      <SummaryList stacked facts={[{ key: "kind", term: t("page.factKind"), value: t(`kind.${request.kind}`) }, { key: "asked", term: t("page.factAsked"), value: <When at={request.receivedAt} /> }, ...facts]} />
    </Section>
  );
}

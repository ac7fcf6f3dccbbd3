import { useFormatter, useTranslations } from "next-intl";
import { bytesInWords } from "#app/_ui/bytes.ts";
import { Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { When } from "#app/_ui/when.tsx";
import { useScopeWords } from "#app/_request/scope-words.ts";
import { WishList } from "#app/_request/wish-list.tsx";
import { totals } from "#app/_request/totals.ts";
import type { WebContext } from "#lib/context.ts";
import type { RequestView } from "#lib/requests/views.ts";
import { ErasureFacts } from "./_erasure/erasure-facts.tsx";
import { ReviewFacts } from "./_review/facts.tsx";

/** What was asked, when, and how much there is of it. */
export function Facts({ request, ctx }: { readonly request: RequestView; readonly ctx: WebContext }) {
  if (request.review) return <ReviewFacts request={request} review={request.review} ctx={ctx} />;
  return request.erasure ? <ErasureFacts request={request} days={ctx.policy.graceDays} /> : <CopyFacts request={request} />;
}

function CopyFacts({ request }: { readonly request: RequestView }) {
  const t = useTranslations("requests");
  const format = useFormatter();
  const scope = useScopeWords(request.scope);
  const { rows, bytes } = totals(request.counts, request.scope);
  return (
    <Section id="facts" title={t("page.facts")}>
      <SummaryList
        stacked
        facts={[
          { key: "kind", term: t("page.factKind"), value: t(`kind.${request.kind}`) },
          { key: "asked", term: t("page.factAsked"), value: <When at={request.receivedAt} /> },
          { key: "scope", term: t("page.factScope"), value: scope.kinds },
          ...(request.wishes.length > 0 ? [{ key: "wishes", term: t("page.factWishes"), value: <WishList wishes={request.wishes} /> }] : []),
          { key: "range", term: t("page.factRange"), value: scope.range },
          { key: "media", term: t("page.factMedia"), value: scope.media },
          ...(request.counts ? [{ key: "counts", term: t("page.factCounts"), value: t("page.factCountsValue", { rows, size: bytesInWords(format, bytes) }) }] : []),
        ]}
      />
    </Section>
  );
}

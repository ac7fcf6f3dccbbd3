import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { When } from "#app/_ui/when.tsx";
import { useOptionWords } from "#app/_request/option-words.ts";
import type { RequestView } from "#lib/requests/views.ts";

/** What was asked, when, and on which numbers. */
export function ErasureFacts({ request, days }: { readonly request: RequestView; readonly days: number }) {
  const t = useTranslations("requests");
  const words = useTranslations("erasure.facts");
  const options = useOptionWords(request.erasure?.options, days);
  const { planId } = request.erasure ?? {};
  const file = planId && request.state !== "fulfilled" ? <a href={`/requests/new/erasure/plan?plan=${planId}`} download>{words("planFile")}</a> : null;
  return (
    <Section id="facts" title={t("page.facts")}>
      <SummaryList
        stacked
        facts={[
          { key: "kind", term: t("page.factKind"), value: t(`kind.${request.kind}`) },
          { key: "asked", term: t("page.factAsked"), value: <When at={request.receivedAt} /> },
          { key: "redact", term: words("redact"), value: options.redact },
          { key: "suspend", term: words("suspend"), value: options.suspend },
          { key: "when", term: words("when"), value: options.when },
          ...(file ? [{ key: "plan", term: words("plan"), value: file }] : []),
        ]}
      />
    </Section>
  );
}

import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { When } from "#app/_ui/when.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";

/** Who asks, for what, since when, and when it is to be done. */
export function ErasureFacts({ view, days }: { readonly view: CaseView; readonly days: number }) {
  const t = useTranslations("desk");
  const came = useTranslations("intake.desk.came");
  const words = useTranslations("desk.erasure.options");
  const { redact, suspend, leaveNow } = view.erasure?.options ?? {};
  const { account, confirmedAt, decision, erasure } = view;
  const proof = confirmedAt && view.via === "portal"
    ? t.rich("case.proofValue", { channels: account.hasMail ? "both" : "account", time: () => <When key="t" at={confirmedAt} /> })
    : view.via === "portal" ? t("case.proofNone") : came(view.via === "form" ? "form" : `ways.${view.via}`);
  return (
    <Section id="facts" title={t("case.facts")}>
      <SummaryList
        dense
        facts={[
          { key: "who", term: t("case.who"), value: <bdi>{view.mxid}</bdi> },
          { key: "account", term: t("case.account"), value: t(`account.${account.state ?? "unread"}`) },
          { key: "proof", term: t("case.proof"), value: proof },
          { key: "what", term: t("case.what"), value: t(`kind.${view.kind}`) },
          { key: "asked", term: t("case.asked"), value: <When at={view.receivedAt} /> },
          { key: "redact", term: words("redact"), value: words(redact ? "redactYes" : "redactNo") },
          { key: "suspend", term: words("suspend"), value: words(suspend ? "suspendYes" : "suspendNo") },
          { key: "when", term: words("when"), value: words(leaveNow ? "whenNow" : "whenWait", { days }) },
          ...(erasure?.notBefore ? [{ key: "notBefore", term: t("erasure.notBefore"), value: <When at={erasure.notBefore} /> }] : []),
          ...(decision?.by ? [{ key: "by", term: t("case.decidedBy"), value: <bdi>{decision.by}</bdi> }] : []),
        ]}
      />
    </Section>
  );
}

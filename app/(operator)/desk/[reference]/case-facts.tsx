import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import { type Fact, SummaryList } from "#app/_ui/summary-list.tsx";
import { When } from "#app/_ui/when.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";

interface CaseFactsProps {
  readonly view: CaseView;
  /** What is asked for, where the kind of the request does not say it all. */
  readonly about?: readonly Fact[];
  /** Of this kind of request alone. */
  readonly more?: readonly Fact[];
}

/** Who asks, how we know that it is them, what for, since when, and who decided. */
export function CaseFacts({ view, about, more = [] }: CaseFactsProps) {
  const t = useTranslations("desk");
  const { account, decision } = view;
  return (
    <Section id="facts" title={t("case.facts")}>
      <SummaryList
        dense
        facts={[
          { key: "who", term: t("case.who"), value: <bdi>{view.mxid}</bdi> },
          { key: "account", term: t("case.account"), value: t(`account.${account.state ?? "unread"}`) },
          { key: "proof", term: t("case.proof"), value: useProof(view) },
          ...(about ?? [{ key: "what", term: t("case.what"), value: t(`kind.${view.kind}`) }]),
          { key: "asked", term: t("case.asked"), value: <When at={view.receivedAt} /> },
          ...more,
          ...(decision?.by ? [{ key: "by", term: t("case.decidedBy"), value: <bdi>{decision.by}</bdi> }] : []),
        ]}
      />
    </Section>
  );
}

function useProof({ via, review, confirmedAt, account }: CaseView) {
  const t = useTranslations("desk.case");
  const came = useTranslations("intake.desk.came");
  const reviews = useTranslations("review.desk");
  if (via !== "portal") return came(via === "form" ? "form" : `ways.${via}`);
  if (review) return reviews("proof");
  return confirmedAt ? t.rich("proofValue", { channels: account.hasMail ? "both" : "account", time: () => <When key="t" at={confirmedAt} /> }) : t("proofNone");
}

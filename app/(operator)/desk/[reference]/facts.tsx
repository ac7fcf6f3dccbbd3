import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { When } from "#app/_ui/when.tsx";
import { useScopeWords } from "#app/_request/scope-words.ts";
import { WishList } from "#app/_request/wish-list.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";

/** Who asks, what for, since when, and how we know that it is them. */
export function Facts({ view }: { readonly view: CaseView }) {
  const t = useTranslations("desk");
  const came = useTranslations("intake.desk.came");
  const scope = useScopeWords(view.scope);
  const { account, confirmedAt, decision } = view;
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
          { key: "scope", term: t("case.scope"), value: scope.kinds },
          ...(view.wishes.length > 0 ? [{ key: "wishes", term: t("case.wishes"), value: <WishList wishes={view.wishes} reasons /> }] : []),
          { key: "range", term: t("case.range"), value: scope.range },
          { key: "media", term: t("case.media"), value: scope.media },
          ...(decision?.by ? [{ key: "by", term: t("case.decidedBy"), value: <bdi>{decision.by}</bdi> }] : []),
        ]}
      />
    </Section>
  );
}

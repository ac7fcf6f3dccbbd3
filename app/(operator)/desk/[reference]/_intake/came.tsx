import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";

/** Of a request that did not come through the portal: by what way, who entered it, and how we know who asks. */
export function Came({ view: { via, entered, casework } }: { readonly view: CaseView }) {
  const t = useTranslations("intake.desk.came");
  if (via === "portal") return null;
  const { words } = casework;
  return (
    <Section id="came" title={t("title")}>
      <SummaryList
        dense
        facts={[
          { key: "via", term: t("via"), value: t(`ways.${via}`) },
          ...(entered ? [{ key: "by", term: t("by"), value: <bdi>{entered.by}</bdi> }, { key: "evidence", term: t("evidence"), value: <span dir="auto">{entered.evidence}</span> }] : []),
          ...(words ? [{ key: "words", term: t("words"), value: <span dir="auto">{words}</span> }] : []),
        ]}
      />
      {via === "form" ? <p>{t("form")}</p> : null}
    </Section>
  );
}

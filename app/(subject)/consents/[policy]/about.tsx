import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import type { PolicyView } from "#lib/consent/view-consents.ts";

/** What is done with which data, in the words of the policy's own file. */
export function About({ facts }: { readonly facts: PolicyView["facts"] }) {
  const t = useTranslations("consents.facts");
  const { purposes, personalData, location, duration, recipients } = facts;
  const list = (said: readonly string[]) => (
    <ul>
      {said.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
  return (
    <Section id="about" title={t("title")}>
      <SummaryList
        facts={[
          { key: "purposes", term: t("purposes"), value: list(purposes) },
          { key: "data", term: t("personalData"), value: list(personalData) },
          { key: "storage", term: t("storage"), value: list([location, duration]) },
          { key: "recipients", term: t("recipients"), value: recipients.length > 0 ? list(recipients) : t("nobody") },
        ]}
      />
    </Section>
  );
}

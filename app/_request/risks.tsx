import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Prose, Section } from "#app/_ui/page.tsx";

/** Why two members of the privacy team must agree; nothing where one is enough. */
export function Risks({ risks, title, about }: { readonly risks: readonly string[]; readonly title: ReactNode; readonly about: ReactNode }) {
  const t = useTranslations("requests.risks");
  if (risks.length === 0) return null;
  return (
    <Section id="risks" title={title}>
      <Prose>
        <p>{about}</p>
        <ul>
          {risks.map((risk) => (
            <li key={risk}>{t(risk as "admin")}</li>
          ))}
        </ul>
      </Prose>
    </Section>
  );
}

import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import { ToldTable } from "#app/_request/told-table.tsx";
import type { ErasureProgress } from "#lib/erasure/list-steps.ts";

/** Art. 19: the recipients, on the person's request and without it. */
export function Told({ notices }: Pick<ErasureProgress, "notices">) {
  const t = useTranslations("erasure.told");
  return (
    <Section id="told" title={t("title")}>
      <p>{t("about")}</p>
      {notices.length > 0 ? <ToldTable notices={notices} /> : <p>{t("none")}</p>}
    </Section>
  );
}

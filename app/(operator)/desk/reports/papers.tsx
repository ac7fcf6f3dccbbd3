import { useTranslations } from "next-intl";
import { Prose, Section } from "#app/_ui/page.tsx";
import type { Dashboard } from "#lib/reports/view-dashboard.ts";
import { useMonthWords } from "./month-words.ts";

/** The papers for the management, newest first. */
export function Papers({ papers }: { readonly papers: Dashboard["papers"] }) {
  const t = useTranslations("reports.papers");
  const words = useMonthWords();
  return (
    <Section id="papers" title={t("title")}>
      <Prose>
        <p>{t("about")}</p>
        {papers.length === 0 ? <p>{t("none")}</p> : null}
        <ul>
          {papers.map(({ month }) => (
            <li key={month}>
              <a href={`/desk/reports/${month}`} download>
                {t("download", { month: words.whole(month) })}
              </a>
            </li>
          ))}
        </ul>
      </Prose>
    </Section>
  );
}

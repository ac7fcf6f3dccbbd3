import { useTranslations } from "next-intl";
import { DueDate } from "#app/_ui/due-date.tsx";
import { Section } from "#app/_ui/page.tsx";
import { DueWhy } from "#app/_request/due-why.tsx";
import type { RequestView } from "#lib/requests/views.ts";
import styles from "./due.module.css";

/** The legal date, said twice, and how it comes about. Closed requests have none any more. */
export function Due({ request, today }: { readonly request: RequestView; readonly today: string }) {
  const t = useTranslations("requests.page");
  if (request.closedAt) return null;
  return (
    <Section id="due" title={t("due")}>
      <p className={styles.date}>
        <DueDate day={request.dueOn} today={today} />
      </p>
      <details className={styles.why}>
        <summary>{t("dueWhy")}</summary>
        <p>
          <DueWhy explanation={request.explanation} />
        </p>
      </details>
    </Section>
  );
}

import { useTranslations } from "next-intl";
import { Prose, Section } from "#app/_ui/page.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import type { Policy } from "#lib/config/policy.ts";
import styles from "./denial.module.css";

/** Why it was refused, and the remedies every refusal must name (Art. 12(4)). */
export function Denial({
  reference,
  denial,
  policy,
}: {
  readonly reference: string;
  readonly denial: { readonly reason: string; readonly text: string };
  readonly policy: Pick<Policy, "authority" | "controller" | "dpoMail">;
}) {
  const t = useTranslations("requests.denied");
  const reasons = useTranslations("reasons");
  const { authority, controller, dpoMail } = policy;
  return (
    <Section id="denial" title={t("title")}>
      <Prose>
        <p>{reasons(denial.reason)}</p>
        {denial.text ? (
          <blockquote className={styles.words} dir="auto">
            {denial.text}
          </blockquote>
        ) : null}
        <h3>{t("remedy")}</h3>
        <ul>
          <li>{t.rich("ask", { reference: grouped(reference), mail: () => <a href={`mailto:${dpoMail}`}>{dpoMail}</a> })}</li>
          <li>{t.rich("authority", { authority: () => <a href={authority.url}>{authority.name}</a> })}</li>
          <li>{t("court", { controller: controller.name })}</li>
        </ul>
      </Prose>
    </Section>
  );
}

import { useTranslations } from "next-intl";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Section } from "#app/_ui/page.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import type { RequestView } from "#lib/requests/views.ts";
import styles from "./erasure.module.css";

/** Reference and code, to be written down; what they do depends on whether there is still something to stop. */
export function RecoveryCode({ request: { reference, state, erasure } }: { readonly request: RequestView }) {
  const t = useTranslations("erasure.recovery");
  if (!erasure?.recoveryCode) return null;
  const after = state === "running" || state === "failed" || state === "fulfilled";
  return (
    <Section id="recovery" title={t("title")}>
      <p className={styles.words}>{t(after ? "aboutAfter" : "about")}</p>
      <SummaryList
        dense
        facts={[
          { key: "reference", term: t("reference"), value: <bdi className={styles.code}>{grouped(reference)}</bdi> },
          { key: "code", term: t("code"), value: <bdi className={styles.code}>{erasure.recoveryCode}</bdi> },
        ]}
      />
      <p className={styles.words}>{t("keep")}</p>
      <div>
        <ButtonLink href={`/requests/${reference}/recovery`} variant="secondary">
          {t("sheet")}
        </ButtonLink>
      </div>
    </Section>
  );
}

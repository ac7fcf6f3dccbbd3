import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { Page } from "#app/_ui/page.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { When } from "#app/_ui/when.tsx";
import { asSubject } from "#app/_server/guard.ts";
import { found } from "#app/_request/found.ts";
import { PrintButton } from "#app/_request/print-button.tsx";
import { viewMyRequest } from "#lib/requests/views.ts";
import styles from "../_erasure/erasure.module.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("erasure.sheet");
  return { title: t("title") };
}

/** One sheet of paper: reference, code, what they do and where. It names the server, and not the person. */
export default async function RecoverySheetPage({ params }: PageProps<"/requests/[reference]/recovery">) {
  const { reference } = await params;
  const ctx = await asSubject();
  const request = await found(viewMyRequest(ctx, reference));
  const path = `/requests/${request.reference}`;
  const { recoveryCode, notBefore } = request.erasure ?? {};
  if (!recoveryCode) redirect(path);
  const t = await getTranslations("erasure.sheet");
  const words = await getTranslations("erasure.recovery");
  const { portalUrl, serverName, dpoMail } = ctx.policy;
  return (
    <Page title={t("title")} lead={t("lead")} eyebrow={<Link href={path}>{t("back")}</Link>}>
      <div className={styles.sheet}>
        <SummaryList
          facts={[
            { key: "reference", term: words("reference"), value: <bdi className={styles.code}>{grouped(request.reference)}</bdi> },
            { key: "code", term: words("code"), value: <bdi className={styles.code}>{recoveryCode}</bdi> },
            { key: "server", term: t("server"), value: <bdi>{serverName}</bdi> },
            { key: "until", term: t("until"), value: notBefore ? <When at={notBefore} /> : t("untilUnknown") },
          ]}
        />
        <h2>{t("does")}</h2>
        <p>{t("stop")}</p>
        <p className={styles.address}>{`${portalUrl}/stop`}</p>
        <p>{t("certificate")}</p>
        <p className={styles.address}>{`${portalUrl}/certificate`}</p>
        <p>{t("nothing")}</p>
        <p>{t("help", { mail: dpoMail })}</p>
      </div>
      <div>
        <PrintButton>{t("print")}</PrintButton>
      </div>
    </Page>
  );
}

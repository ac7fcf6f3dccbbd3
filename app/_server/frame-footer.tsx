import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { Policy } from "#lib/config/policy.ts";

/** Who answers for the portal, and how to reach them (Art. 13(1)(a) and (b)). */
export async function FrameFooter({ policy }: { readonly policy: Policy }) {
  const t = await getTranslations("common");
  const numbers = await getTranslations("reports.public");
  return (
    <>
      <span>{t("runBy", { controller: policy.controller.name })}</span>
      <span>{t.rich("dpo", { mail: () => <a href={`mailto:${policy.dpoMail}`}>{policy.dpoMail}</a> })}</span>
      <Link href="/rights" prefetch={false}>
        {t("rights")}
      </Link>
      <Link href="/verify" prefetch={false}>
        {t("verify")}
      </Link>
      <Link href="/privacy-notice" prefetch={false}>
        {t("privacyNotice")}
      </Link>
      {policy.publicStatistics ? (
        <Link href="/statistics" prefetch={false}>
          {numbers("title")}
        </Link>
      ) : null}
    </>
  );
}

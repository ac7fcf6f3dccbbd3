import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PortalFrame } from "./_server/portal-frame.tsx";
import { Page } from "./_ui/page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("public.notFound");
  return { title: t("title") };
}

/** Also what a person sees who asks for someone else's request: it does not exist for them. */
export default async function NotFound() {
  const t = await getTranslations("public.notFound");
  return (
    <PortalFrame>
      <Page title={t("title")} lead={t("lead")}>
        <p>{t("text")}</p>
        <p>
          <Link href="/" prefetch={false}>
            {t("home")}
          </Link>
        </p>
      </Page>
    </PortalFrame>
  );
}

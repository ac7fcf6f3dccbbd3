import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CertificatePage } from "./certificate-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("erasure.fetch");
  return { title: t("title") };
}

export default async function CertificateWithoutReferencePage({ searchParams }: PageProps<"/certificate">) {
  return <CertificatePage query={await searchParams} />;
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { parseReference } from "#lib/requests/reference.ts";
import { CertificatePage } from "../certificate-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("erasure.fetch");
  return { title: t("title") };
}

/** Where our letters lead: the reference is filled in, the code is asked for. */
export default async function CertificateForReferencePage({ params, searchParams }: PageProps<"/certificate/[reference]">) {
  const known = parseReference((await params).reference);
  return <CertificatePage query={await searchParams} {...(known ? { reference: known } : {})} />;
}

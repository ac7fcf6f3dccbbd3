import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { parseReference } from "#lib/requests/reference.ts";
import { StopPage } from "../stop-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("erasure.stop");
  return { title: t("title") };
}

/** Where our letters lead: the reference is filled in, the code is asked for. */
export default async function StopForReferencePage({ params }: PageProps<"/stop/[reference]">) {
  const known = parseReference((await params).reference);
  return <StopPage {...(known ? { reference: known } : {})} />;
}

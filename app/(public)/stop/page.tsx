import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StopPage } from "./stop-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("erasure.stop");
  return { title: t("title") };
}

export default function StopWithoutReferencePage() {
  return <StopPage />;
}

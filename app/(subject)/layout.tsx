import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { asSubject } from "#app/_server/guard.ts";
import { PortalFrame } from "#app/_server/portal-frame.tsx";

/** Around every page of a signed-in person. Each page guards itself; this only knows the ways. */
export default async function SubjectLayout({ children }: { readonly children: ReactNode }) {
  const { actor } = await asSubject();
  const t = await getTranslations("requests.frame");
  const nav = [
    { href: "/privacy", label: t("privacy") },
    { href: "/requests", label: t("requests") },
    ...(actor.role ? [{ href: "/desk", label: t("desk") }] : []),
  ];
  return <PortalFrame nav={nav}>{children}</PortalFrame>;
}

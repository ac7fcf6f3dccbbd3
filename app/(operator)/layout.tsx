import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { asDesk } from "#app/_server/guard.ts";
import { PortalFrame } from "#app/_server/portal-frame.tsx";

/** Around the desk. Each page guards itself; for everybody but operators none of it exists. */
export default async function OperatorLayout({ children }: { readonly children: ReactNode }) {
  await asDesk();
  const t = await getTranslations("desk.nav");
  const register = await getTranslations("register.register");
  const reports = await getTranslations("reports");
  const oversight = await getTranslations("oversight");
  const nav = [
    { href: "/desk", label: t("desk") },
    { href: "/desk/register", label: register("title") },
    { href: "/desk/reports", label: reports("title") },
    { href: "/desk/oversight", label: oversight("title") },
    { href: "/privacy", label: t("privacy") },
  ];
  return (
    <PortalFrame nav={nav} wide>
      {children}
    </PortalFrame>
  );
}

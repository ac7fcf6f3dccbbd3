import { getTranslations } from "next-intl/server";
import type { ComponentProps, ReactNode } from "react";
import { Frame } from "#app/_ui/frame.tsx";
import { publicContext } from "#lib/runtime/web.ts";
import { FrameFooter } from "./frame-footer.tsx";
import { Languages } from "./languages.tsx";
import { SignedIn } from "./signed-in.tsx";

type Ways = NonNullable<ComponentProps<typeof Frame>["nav"]>;

/** The frame of every page: whose portal this is, who is signed in, who answers for it. */
export async function PortalFrame({ nav = [], wide = false, children }: { readonly nav?: Ways; readonly wide?: boolean; readonly children: ReactNode }) {
  const t = await getTranslations("common");
  const { policy } = await publicContext();
  return (
    <Frame
      skip={t("skip")}
      name={t("name")}
      home="/"
      server={policy.serverName}
      navLabel={t("navLabel")}
      nav={nav}
      wide={wide}
      aside={<SignedIn />}
      footer={
        <>
          <FrameFooter policy={policy} />
          <Languages />
        </>
      }
    >
      {children}
    </Frame>
  );
}

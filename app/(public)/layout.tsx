import type { ReactNode } from "react";
import { PortalFrame } from "#app/_server/portal-frame.tsx";

export default function PublicLayout({ children }: { readonly children: ReactNode }) {
  return <PortalFrame>{children}</PortalFrame>;
}

import { useTranslations } from "next-intl";
import { Notice } from "#app/_ui/notice.tsx";
import type { ConsentView } from "#lib/consent/view-consent.ts";

/** What the homeserver says beside what we say; nothing where it has no say. */
export function Homeserver({ view: { homeserver, history, standing }, server }: { readonly view: ConsentView; readonly server: string }) {
  const t = useTranslations("consents");
  if (!homeserver) return null;
  const told = history[0]?.told;
  if (told && told.state !== "recorded") return <Notice tone={told.state === "failed" ? "warning" : "info"} children={<p>{t(`told.${told.state}`, { server })}</p>} />;
  if (standing === "never" && homeserver.version === null) return null;
  if (!homeserver.readAt) return <p>{t("homeserver.unread", { server })}</p>;
  if (homeserver.agrees === (standing === "current")) return <p>{t("homeserver.agrees", { server })}</p>;
  // What was told after the last reading is newer than it.
  if (told?.recordedAt && told.recordedAt > homeserver.readAt) return <p>{t("told.recorded", { server })}</p>;
  return <Notice tone="warning" children={<p>{t("homeserver.differs", { server, version: homeserver.version ?? "none" })}</p>} />;
}

import type { Policy } from "#lib/config/policy.ts";
import { translator } from "#lib/messages/messages.ts";
import { escape } from "./layout.ts";

/** Server notice about a new version of a text. It belongs to no request, so it is no row among the letters. */
export function policyNotice(title: string, { serverName, portalUrl }: Pick<Policy, "serverName" | "portalUrl">, locale: string): { text: string; html: string } {
  const t = translator(locale, "consent.published");
  const link = `${portalUrl}/consents`;
  const [what, next] = [t("what", { title, server: serverName }), t("next")];
  return { text: [what, next, link].join("\n\n"), html: `<p>${escape(what)}</p><p>${escape(next)}</p><p><a href="${escape(link)}">${escape(link)}</a></p>` };
}

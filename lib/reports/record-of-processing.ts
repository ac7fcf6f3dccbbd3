import type { Policy } from "#lib/config/policy.ts";
import { kinds } from "#lib/kinds/all.ts";
import { translator } from "#lib/messages/messages.ts";
import { toldOf } from "#lib/requests/retention.ts";

export interface Entry {
  readonly term: string;
  readonly text: string;
}

/** Art. 30(1)(a) to (g), in the order of the article. */
export interface RecordOfProcessing {
  readonly title: string;
  readonly parts: readonly { readonly letter: "a" | "b" | "c" | "d" | "e" | "f" | "g"; readonly title: string; readonly texts: readonly string[]; readonly entries: readonly Entry[] }[];
}

const measures = ["login", "roles", "readonly", "sealed", "audit", "web"] as const;

/**
 * The sheet for the controller's record of processing activities: from the configuration, the kinds of data and the table
 * of retention, so that it cannot differ from what the program does.
 * @param signIn how long a sign-in lasts: minutes without use, hours at most (lib/auth/lifetime.ts, which belongs to the web)
 */
export function recordOfProcessing(policy: Policy, locale: string, signIn: { readonly idle: number; readonly hours: number }): RecordOfProcessing {
  const t = translator(locale, "register.art30");
  const kept = translator(locale, "public.notice.kept");
  const kind = translator(locale, "kinds");
  const { controller, dpoMail, authority, serverName, packageDays, retentionDays } = policy;
  const told = toldOf(policy);
  const facts = { packageDays, retentionDays, server: serverName, ...signIn };
  const part = (letter: RecordOfProcessing["parts"][number]["letter"], texts: readonly string[], entries: readonly Entry[] = []) => ({ letter, title: t(`${letter}.title`), texts, entries });
  return {
    title: t("title"),
    parts: [
      part("a", [], [
        { term: t("a.controller"), text: `${controller.name}, ${controller.address.replaceAll("\n", ", ")}` },
        { term: t("a.officer"), text: dpoMail },
        { term: t("a.authority"), text: `${authority.name}, ${authority.url}` },
      ]),
      part("b", [t("b.text", { server: serverName })]),
      part("c", [t("c.persons", { server: serverName })], [
        { term: t("c.own"), text: told.map((name) => kept(`${name}.what`)).join(", ") },
        { term: t("c.server"), text: kinds.map(({ id }) => kind(`${id}.title`)).join(", ") },
      ]),
      part("d", [t("d.text", { controller: controller.name })]),
      part("e", [t("e.text")]),
      part("f", [], told.map((name) => ({ term: kept(`${name}.what`), text: kept(`${name}.how`, facts) }))),
      part("g", measures.map((name) => t(`g.items.${name}`, { packageDays }))),
    ],
  };
}

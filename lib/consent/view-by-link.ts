import type { DoorContext } from "#lib/auth/door-context.ts";
import { readLink } from "./link.ts";
import { currentText, listPolicies, readText, type PolicyText } from "./texts.ts";

/** `ask`: not agreed to this version. `waiting`: agreed, the homeserver is being told since. `failed`: it did not take it. */
export type LinkState = { readonly is: "ask" | "done" | "failed" } | { readonly is: "waiting"; readonly since: Date };

export interface LinkView {
  readonly text: PolicyText;
  readonly state: LinkState;
  /** They agreed to an earlier version, or took it back: what the page says above the text. */
  readonly before: "older" | "withdrawn" | null;
}

/**
 * What the page behind the homeserver's consent link shows: its text in force and how far agreeing has come. null for any
 * link that is not right, and where no text is the homeserver's: nothing tells them apart.
 * @param language tag of the reader's language
 */
export async function viewByLink(ctx: DoorContext, link: { readonly u: unknown; readonly h: unknown }, language: string): Promise<LinkView | null> {
  const mxid = readLink(ctx.formSecret, ctx.policy.serverName, link);
  const entry = mxid === null ? undefined : (await listPolicies(ctx.policy.policies)).find(({ homeserver }) => homeserver);
  if (mxid === null || entry === undefined) return null;
  const text = await currentText(ctx.policy.policies, entry, language);
  const latest = await ctx.db.consentRecord.findFirst({
    where: { person: { mxid }, policy: entry.policy, act: { not: "objected" } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    include: { told: true },
  });
  if (latest?.act !== "given") return { text, state: { is: "ask" }, before: latest ? "withdrawn" : null };
  if (latest.version !== entry.current) return { text, state: { is: "ask" }, before: "older" };
  if (latest.told?.state === "waiting") return { text, state: { is: "waiting", since: latest.at }, before: null };
  return { text, state: { is: latest.told?.state === "failed" ? "failed" : "done" }, before: null };
}

/** The homeserver's text for anybody; `version` an earlier one. null: there is none. */
export async function viewPublicText({ policy: { policies } }: Pick<DoorContext, "policy">, version: unknown, language: string): Promise<PolicyText | null> {
  const entry = (await listPolicies(policies)).find(({ homeserver }) => homeserver);
  return entry ? await readText(policies, entry, version ?? entry.current, language) : null;
}

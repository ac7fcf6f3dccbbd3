import type { WebContext } from "#lib/context.ts";
import type { ReviewView } from "#lib/requests/consent-review.ts";
import { last } from "./ledger.ts";
import { currentText, findPolicy } from "./texts.ts";

/**
 * The text whose withdrawal can be written down with the answer, and whether the homeserver then blocks. null: none was
 * asked for, or nothing is in force.
 */
export async function recordable(ctx: Pick<WebContext, "db" | "policy" | "formSecret">, { mxid, review }: { readonly mxid: string; readonly review: ReviewView }, language: string): Promise<{ title: string; blocks: boolean } | null> {
  const { policies } = ctx.policy;
  const { about, policy } = review;
  const entry = about === "withdrawal" && policy !== null ? await findPolicy(policies, policy) : null;
  if (entry === null) return null;
  const acts = await ctx.db.consentRecord.findMany({ where: { person: { mxid }, policy: entry.policy }, orderBy: [{ at: "asc" }, { id: "asc" }] });
  if (last(acts, entry.policy)?.act !== "given") return null;
  return { title: (await currentText(policies, entry, language)).title, blocks: entry.homeserver && ctx.formSecret !== null };
}

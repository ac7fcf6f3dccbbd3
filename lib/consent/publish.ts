import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { inTransaction } from "#lib/requests/transaction.ts";
import { findPolicy, readText } from "./texts.ts";

export type PublishContext = Pick<WorkerContext, "db" | "enqueue" | "policy" | "now">;

/** `unknown`: no such policy. `not_current`: people would be told of a text they are not asked about. `no_text`: the version has no file. */
export type Published =
  | { readonly is: "unknown" | "not_current" | "no_text" }
  /** `before`: this version was published already; with `notifies` the notices are sent now, and to nobody twice. */
  | { readonly is: "published"; readonly publicationId: string; readonly before: boolean; readonly notifies: boolean };

/** A version is made known: noted for good, and every local account told if wished. By the operator, at the command line. */
export async function publishPolicy(ctx: PublishContext, input: { readonly policy: string; readonly version: string; readonly notify: boolean }): Promise<Published> {
  const { policy, version, notify } = input;
  const entry = await findPolicy(ctx.policy.policies, policy);
  if (entry === null || !entry.versions.includes(version)) return { is: "unknown" };
  if (entry.current !== version) return { is: "not_current" };
  if ((await readText(ctx.policy.policies, entry, version, ctx.policy.language)) === null) return { is: "no_text" };
  return await inTransaction(ctx.db, async (tx) => {
    const { count } = await tx.policyPublication.createMany({ data: { policy, version, publishedAt: ctx.now(), notify }, skipDuplicates: true });
    const { id, doneAt } = await tx.policyPublication.findUniqueOrThrow({ where: { policy_version: { policy, version } } });
    const notifies = notify && doneAt === null;
    if (notifies) {
      await tx.policyPublication.update({ where: { id }, data: { notify: true } });
      await ctx.enqueue(tx, { queue: "policy.tell", data: { publicationId: id } });
    }
    if (count === 1) await appendAudit(tx, { at: ctx.now(), event: "policy_published", actor: "cli", data: { policy, version, notify } });
    return { is: "published", publicationId: id, before: count === 0, notifies };
  });
}

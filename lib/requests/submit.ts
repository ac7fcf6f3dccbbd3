import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { exportInput, parseInput } from "./inputs.ts";
import { checkAccount, submitOnce, type Submitted } from "./submit-once.ts";

export type { Submitted } from "./submit-once.ts";

/**
 * Art. 15: asks for a copy. Throws DomainError "invalid" (fields), "forbidden" (account_not_eligible), "unavailable"
 * (account_unread), "too_many" (codes_per_day), "conflict" (erasure_under_way).
 */
export async function submitExport(ctx: WebContext, input: unknown): Promise<Submitted> {
  await checkAccount(ctx);
  const scope = parseInput(exportInput, input);
  // A day ahead of UTC is still today somewhere.
  const tomorrow = new Date(ctx.now().getTime() + 86_400_000).toISOString().slice(0, 10);
  if (scope.from && scope.from > tomorrow) throw new DomainError("invalid", "form", { from: "date_future" });
  await refuseWhileErasing(ctx);
  return await submitOnce(ctx, { kind: "export", scope });
}

/** C08: a copy of what is half erased must not be sold as a copy. */
async function refuseWhileErasing({ db, actor }: WebContext): Promise<void> {
  const erasing = await db.request.count({ where: { personId: actor.personId, kind: "erasure", state: { in: ["running", "failed"] } } });
  if (erasing > 0) throw new DomainError("conflict", "erasure_under_way");
}

import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { apply } from "./apply.ts";
import { sameText } from "./keys.ts";
import { notMeKey } from "./not-me-key.ts";
import { parseReference } from "./reference.ts";

export type FreezeContext = Pick<WebContext, "db" | "enqueue" | "policy" | "secret" | "now">;

/**
 * "This was not me", without signing in: nothing is handed out until an operator releases it. Pressing twice
 * is once. Throws "not_found" for a wrong reference or key alike, "conflict" (state_changed) when there is
 * nothing left to stop.
 */
export async function freezeRequest(ctx: FreezeContext, input: { readonly reference: unknown; readonly key: unknown }): Promise<{ reference: string }> {
  const known = parseReference(input.reference);
  const row = known ? await ctx.db.request.findUnique({ where: { reference: known } }) : null;
  const key = typeof input.key === "string" ? input.key : "";
  if (!sameText(notMeKey(ctx.secret, row?.id ?? ""), key) || !row) throw new DomainError("not_found", "request");
  try {
    await apply(ctx, row.id, { type: "frozen" });
  } catch (error) {
    if (!(error instanceof DomainError && error.reason === "already_frozen")) throw error;
  }
  return { reference: row.reference };
}

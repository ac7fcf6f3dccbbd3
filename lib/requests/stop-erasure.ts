import type { WebContext } from "#lib/context.ts";
import { apply } from "./apply.ts";
import { findByRecoveryCode } from "./recovery.ts";

export type StopContext = Pick<WebContext, "db" | "enqueue" | "policy" | "secret" | "now">;

/**
 * Stops an erasure without signing in: by the mailed page or the printed sheet, with the reference and the recovery code.
 * Throws as findByRecoveryCode does, and "conflict" (state_changed) when it has begun or is over.
 */
export async function stopErasure(ctx: StopContext, input: { readonly reference: unknown; readonly code: unknown }): Promise<{ reference: string }> {
  const { id, reference } = await findByRecoveryCode(ctx, input);
  await apply(ctx, id, { type: "withdrawn", by: null });
  return { reference };
}

import type { Now } from "#lib/context.ts";

/** Today's date (YYYY-MM-DD) where the legal clock runs. */
export function today(ctx: { readonly now: Now; readonly policy: { readonly timeZone: string } }): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: ctx.policy.timeZone, dateStyle: "short" }).format(ctx.now());
}

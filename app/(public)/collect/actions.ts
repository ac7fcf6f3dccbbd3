"use server";
import { publicAction } from "#app/_server/action.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import { sender } from "#app/_server/sender.ts";
import { countAttempts } from "#lib/auth/attempts.ts";
import { DomainError } from "#lib/errors.ts";
import { orderCollectCode } from "#lib/export/collect.ts";

const attempts = countAttempts(10, 60_000);

const send = publicAction(
  async (ctx, fields: { reference: unknown }) => {
    if (!attempts.allow(await sender(), ctx.now())) throw new DomainError("too_many", "asks_many");
    await orderCollectCode(ctx, fields);
  },
  { input: (form) => ({ reference: form.get("reference") }) },
);

export async function orderCode(previous: FormState, form: FormData): Promise<FormState> {
  return await send(previous, form);
}

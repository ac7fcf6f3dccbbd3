"use server";
import { publicAction } from "#app/_server/action.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import { readLanguage } from "#app/_server/read-language.ts";
import { sender } from "#app/_server/sender.ts";
import { countAttempts } from "#lib/auth/attempts.ts";
import type { DoorContext } from "#lib/auth/door-context.ts";
import { DomainError } from "#lib/errors.ts";
import { askWithoutAccount } from "#lib/requests/ask-public.ts";
import { confirmAsk } from "#lib/requests/confirm-ask.ts";

/** From one address a minute: enough for a family, too few to fill a table. The same for every account. */
const forms = countAttempts(10, 60_000);
const codes = countAttempts(20, 60_000);

async function within(ctx: DoorContext, attempts: typeof forms): Promise<void> {
  if (!attempts.allow(await sender(), ctx.now())) throw new DomainError("too_many", "asks_many");
}

const sendForm = publicAction(
  async (ctx, fields: { mxid: unknown; kind: unknown; text: unknown }) => {
    await within(ctx, forms);
    await askWithoutAccount(ctx, { ...fields, locale: await readLanguage(ctx.policy) });
  },
  { input: (form) => ({ mxid: form.get("mxid"), kind: form.get("kind"), text: form.get("text") }) },
);
const sendCode = publicAction(
  async (ctx, fields: { ask: unknown; code: unknown }) => {
    await within(ctx, codes);
    await confirmAsk(ctx, fields);
  },
  { input: (form) => ({ ask: form.get("ask"), code: form.get("code") }) },
);

export async function ask(previous: FormState, form: FormData): Promise<FormState> {
  return await sendForm(previous, form);
}

export async function prove(previous: FormState, form: FormData): Promise<FormState> {
  return await sendCode(previous, form);
}

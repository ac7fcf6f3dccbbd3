"use server";
import { getLocale, getTranslations } from "next-intl/server";
import { formAction } from "#app/_server/action.ts";
import { asOperator } from "#app/_server/guard.ts";
import { inWords } from "#app/_server/words.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import type { WebContext } from "#lib/context.ts";
import { renderLetter } from "#lib/mail/letters/render.ts";
import { holdErasure } from "#lib/requests/hold.ts";
import { holdInput, parseInput } from "#lib/requests/inputs.ts";

const send = formAction(holdErasure, { who: "operator", input: answers, then: ({ reference }) => `/desk/${reference}` });

/** "check" shows the letter, "edit" goes back to the words, "send" holds. */
export async function hold(previous: FormState, form: FormData): Promise<FormState> {
  const values = answers(form);
  const step = form.get("step");
  if (step === "edit") return { ok: false, errors: {}, values };
  if (step === "send") return { ...(await send(previous, form)), values };
  const ctx = await asOperator();
  try {
    return { ok: true, errors: {}, values, check: await letterOf(ctx, values) };
  } catch (error) {
    return { ok: false, errors: await inWords(error, ctx.log, "action"), values };
  }
}

function answers(form: FormData) {
  const text = (name: string) => String(form.get(name) ?? "");
  return { reference: text("reference"), reason: text("reason"), text: text("text") };
}

/** The same letter the worker will send; only the greeting's name is read when it goes. */
async function letterOf(ctx: WebContext, values: ReturnType<typeof answers>): Promise<NonNullable<FormState["check"]>> {
  const t = await getTranslations("desk.deny");
  const now = ctx.now();
  const facts = { reference: values.reference, kind: "erasure", displayName: null, policy: ctx.policy, notMeKey: "", at: now, now, hold: parseInput(holdInput, values) } as const;
  const { subject, text } = renderLetter("erasure-held", facts, await getLocale());
  return [
    { term: t("subject"), value: subject },
    { term: t("letter"), value: text, paper: true },
  ];
}

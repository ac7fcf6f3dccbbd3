import { getLocale, getTranslations } from "next-intl/server";
import { asOperator } from "#app/_server/guard.ts";
import { inWords } from "#app/_server/words.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import type { WebContext } from "#lib/context.ts";
import type { LetterFacts } from "#lib/mail/letters/facts.ts";
import type { LetterName } from "#lib/mail/letters/names.ts";
import { renderLetter } from "#lib/mail/letters/render.ts";

export interface Answers {
  readonly reference: string;
  readonly reason: string;
  readonly text: string;
}

type Action = (previous: FormState, form: FormData) => Promise<FormState>;
/** What the letter says besides what every letter says; throws DomainError "invalid" for answers that cannot be sent. */
type Says = (ctx: WebContext, answers: Answers) => Promise<Pick<LetterFacts, "kind"> & Partial<LetterFacts>>;

export function answersIn(form: FormData): Answers {
  const text = (name: string) => String(form.get(name) ?? "");
  return { reference: text("reference"), reason: text("reason"), text: text("text") };
}

/** A decision whose letter is read before it goes: "check" shows it, "edit" goes back to the words, "send" decides. */
export function letterSteps(name: LetterName, says: Says, send: Action): Action {
  return async (previous, form) => {
    const values = { ...answersIn(form) };
    const step = form.get("step");
    if (step === "edit") return { ok: false, errors: {}, values };
    if (step === "send") return { ...(await send(previous, form)), values };
    const ctx = await asOperator();
    try {
      return { ok: true, errors: {}, values, check: await letterOf(ctx, name, { reference: values.reference, ...(await says(ctx, values)) }) };
    } catch (error) {
      return { ok: false, errors: await inWords(error, ctx.log, "action"), values };
    }
  };
}

/** The same letter the worker will send; only the greeting's name is read when it goes. */
async function letterOf(ctx: WebContext, name: LetterName, facts: Pick<LetterFacts, "reference" | "kind"> & Partial<LetterFacts>): Promise<NonNullable<FormState["check"]>> {
  const t = await getTranslations("desk.deny");
  const now = ctx.now();
  const { subject, text } = renderLetter(name, { displayName: null, policy: ctx.policy, notMeKey: "", at: now, now, ...facts }, await getLocale());
  return [
    { term: t("subject"), value: subject },
    { term: t("letter"), value: text, paper: true },
  ];
}

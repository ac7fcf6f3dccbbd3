import { getTranslations } from "next-intl/server";
import { asOperator } from "#app/_server/guard.ts";
import { inWords } from "#app/_server/words.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import type { WebContext } from "#lib/context.ts";
import type { LetterFacts } from "#lib/mail/letters/facts.ts";
import type { LetterName } from "#lib/mail/letters/names.ts";
import { letterLanguage } from "#lib/requests/letter-language.ts";
import { renderLetter } from "#lib/mail/letters/render.ts";

/** What was typed, by the names of the fields. */
export type Answers<Name extends string = "reason" | "text"> = { readonly reference: string } & Readonly<Record<Name, string>>;

type Action = (previous: FormState, form: FormData) => Promise<FormState>;
/** What the letter says besides what every letter says; throws DomainError "invalid" for answers that cannot be sent. */
type Says<Name extends string> = (ctx: WebContext, answers: Answers<Name>) => Promise<Pick<LetterFacts, "kind"> & Partial<LetterFacts>>;

export function fieldsIn<Name extends string>(form: FormData, names: readonly Name[]): Answers<Name> {
  return Object.fromEntries(["reference", ...names].map((name) => [name, String(form.get(name) ?? "")])) as Answers<Name>;
}

export function answersIn(form: FormData): Answers {
  return fieldsIn(form, ["reason", "text"]);
}

/** A decision whose letter is read before it goes: "check" shows it, "edit" goes back to the words, "send" decides. */
export function letterSteps<Name extends string = "reason" | "text">(name: LetterName, says: Says<Name>, send: Action, fields = ["reason", "text"] as Name[]): Action {
  return async (previous, form) => {
    const values = fieldsIn(form, fields);
    const step = form.get("step");
    if (step === "edit") return { ok: false, errors: {}, values };
    if (step === "send") return { ...(await send(previous, form)), values };
    const ctx = await asOperator();
    try {
      return { ok: true, errors: {}, values, check: await letterOf(ctx, name, { reference: values.reference, ...(await says(ctx, values)) }, await letterLanguage(ctx, values.reference)) };
    } catch (error) {
      return { ok: false, errors: await inWords(error, ctx.log, "action"), values };
    }
  };
}

/** The same letter the worker will send, in the language it goes in; only the greeting's name is read when it goes. */
export async function letterOf(ctx: WebContext, name: LetterName, facts: Pick<LetterFacts, "reference" | "kind"> & Partial<LetterFacts>, language: string): Promise<NonNullable<FormState["check"]>> {
  const t = await getTranslations("desk.deny");
  const now = ctx.now();
  const { subject, text } = renderLetter(name, { displayName: null, policy: ctx.policy, notMeKey: "", at: now, now, ...facts }, language);
  return [
    { term: t("subject"), value: subject },
    { term: t("letter"), value: text, paper: true },
  ];
}

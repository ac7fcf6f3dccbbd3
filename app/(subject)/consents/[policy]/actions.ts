"use server";
import { formAction } from "#app/_server/action.ts";
import { giveConsent, type ShownText } from "#lib/consent/give-consent.ts";
import { withdrawConsent } from "#lib/consent/withdraw-consent.ts";

const shown = (form: FormData): ShownText => ({ policy: form.get("policy"), version: form.get("version"), language: form.get("language"), hash: form.get("hash") });

export const give = formAction(giveConsent, { who: "subject", input: shown });
export const withdraw = formAction(withdrawConsent, { who: "subject", input: (form) => ({ policy: form.get("policy") }) });

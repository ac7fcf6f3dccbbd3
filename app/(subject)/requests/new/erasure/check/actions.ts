"use server";
import { formAction } from "#app/_server/action.ts";
import { submitErasure } from "#lib/requests/submit-erasure.ts";

const text = (form: FormData, name: string) => String(form.get(name) ?? "");

export const ask = formAction(submitErasure, {
  who: "subject",
  input: (form) => ({
    planId: text(form, "planId"),
    confirmation: text(form, "confirmation"),
    redact: text(form, "redact"),
    suspend: text(form, "suspend"),
    leaveNow: text(form, "leaveNow"),
  }),
  then: ({ reference, existing }) => (existing ? `/requests/${reference}` : `/requests/${reference}/confirm`),
});

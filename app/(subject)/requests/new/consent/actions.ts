"use server";
import { formAction } from "#app/_server/action.ts";
import { askReview } from "#lib/consent/ask-review.ts";

export const ask = formAction(askReview, {
  who: "subject",
  input: (form) => ({ about: form.get("about"), policy: form.get("policy"), text: form.get("text") }),
  then: ({ reference }) => `/requests/${reference}`,
});

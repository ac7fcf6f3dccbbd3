"use server";
import { formAction } from "#app/_server/action.ts";
import { enterRequest } from "#lib/requests/enter.ts";

export const enter = formAction(enterRequest, {
  who: "desk",
  input: (form) => ({ mxid: form.get("mxid"), kind: form.get("kind"), words: form.get("words"), via: form.get("via"), receivedOn: form.get("receivedOn"), evidence: form.get("evidence"), note: form.get("note") }),
  then: ({ reference }) => `/desk/${reference}`,
});

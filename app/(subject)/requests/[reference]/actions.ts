"use server";
import { refresh } from "next/cache";
import { formAction } from "#app/_server/action.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import { answerEnquiry } from "#lib/requests/answer-enquiry.ts";
import { confirmRequest } from "#lib/requests/confirm.ts";
import { resendCode } from "#lib/requests/resend-code.ts";
import { withdrawRequest } from "#lib/requests/withdraw.ts";

const reference = (form: FormData) => ({ reference: String(form.get("reference")) });
const itsPage = (result: { readonly reference: string }) => `/requests/${result.reference}`;

const tryCode = formAction(confirmRequest, {
  who: "subject",
  input: (form) => ({ ...reference(form), code: form.get("code") }),
  then: itsPage,
});

/** A wrong code costs a try: the page is read again to say how many are left. */
export async function confirm(previous: FormState, form: FormData): Promise<FormState> {
  const state = await tryCode(previous, form);
  refresh();
  return state;
}

/** Comes back to the page of the code. */
export const resend = formAction(resendCode, { who: "subject", input: reference, then: (result) => `${itsPage(result)}/confirm` });

/** The page is read again: the question is gone and the date is back. */
export const answer = formAction(answerEnquiry, { who: "subject", input: (form) => ({ ...reference(form), answer: form.get("answer") }), then: itsPage });

export const withdraw = formAction(withdrawRequest, { who: "subject", input: reference, then: itsPage });

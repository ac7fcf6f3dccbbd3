"use server";
import { formAction } from "#app/_server/action.ts";
import { confirmRequest } from "#lib/requests/confirm.ts";
import { resendCode } from "#lib/requests/resend-code.ts";
import { withdrawRequest } from "#lib/requests/withdraw.ts";

const reference = (form: FormData) => ({ reference: String(form.get("reference")) });
const itsPage = (result: { readonly reference: string }) => `/requests/${result.reference}`;

export const confirm = formAction(confirmRequest, {
  who: "subject",
  input: (form) => ({ ...reference(form), code: form.get("code") }),
  then: itsPage,
});

/** Comes back to the page of the code. */
export const resend = formAction(resendCode, { who: "subject", input: reference, then: (result) => `${itsPage(result)}/confirm` });

export const withdraw = formAction(withdrawRequest, { who: "subject", input: reference, then: itsPage });

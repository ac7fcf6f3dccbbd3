"use server";
import { formAction } from "#app/_server/action.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { releaseRequest } from "#lib/requests/release.ts";
import { retryRequest } from "#lib/requests/retry.ts";

const reference = (form: FormData) => ({ reference: String(form.get("reference")) });

export const approve = formAction(approveRequest, { who: "operator", input: reference });
export const retry = formAction(retryRequest, { who: "operator", input: reference });
export const release = formAction(releaseRequest, { who: "operator", input: (form) => ({ ...reference(form), reason: form.get("reason") }) });

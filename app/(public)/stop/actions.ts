"use server";
import { publicAction } from "#app/_server/action.ts";
import { stopErasure } from "#lib/requests/stop-erasure.ts";

/** Needs reference and recovery code in the body; the answer is drawn in place of the form, never at an address of its own. */
export const stop = publicAction(stopErasure, { input: (form) => ({ reference: form.get("reference"), code: form.get("code") }) });

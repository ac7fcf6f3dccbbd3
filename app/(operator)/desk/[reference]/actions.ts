"use server";
import { formAction } from "#app/_server/action.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { assignRequest } from "#lib/requests/assign.ts";
import { endEnquiry } from "#lib/requests/end-enquiry.ts";
import { handOutPackage } from "#lib/export/hand-out.ts";
import { noteRequest } from "#lib/requests/note.ts";
import { releaseRequest } from "#lib/requests/release.ts";
import { overrideStep } from "#lib/erasure/override-step.ts";
import { unholdErasure } from "#lib/requests/unhold.ts";
import { retryRequest } from "#lib/requests/retry.ts";

const reference = (form: FormData) => ({ reference: String(form.get("reference")) });

/** With the fields about kinds on approval, which the verb reads by the wishes of the case. */
const rulings = (form: FormData) => ({ ...Object.fromEntries([...form].filter(([name]) => /^(ruling|reason)-|^leave[RT]/.test(name))), leave: form.getAll("leave"), preview: form.get("preview"), ...reference(form) });

export const approve = formAction(approveRequest, { who: "desk", input: rulings });
export const endQuestion = formAction(endEnquiry, { who: "desk", input: (form) => ({ ...reference(form), how: form.get("how") }) });
export const handOut = formAction(handOutPackage, { who: "desk", input: reference });
export const retry = formAction(retryRequest, { who: "desk", input: reference });
export const release = formAction(releaseRequest, { who: "desk", input: (form) => ({ ...reference(form), reason: form.get("reason") }) });
export const unhold = formAction(unholdErasure, { who: "desk", input: reference });
export const leaveOut = formAction(overrideStep, { who: "desk", input: (form) => ({ ...reference(form), step: form.get("step"), reason: form.get("reason") }) });
export const note = formAction(noteRequest, { who: "desk", input: (form) => ({ ...reference(form), text: form.get("text") }) });
export const assign = formAction(assignRequest, { who: "desk", input: (form) => ({ ...reference(form), to: form.get("to") }) });

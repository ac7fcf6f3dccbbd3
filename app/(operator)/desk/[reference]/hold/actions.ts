"use server";
import { formAction } from "#app/_server/action.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import { holdErasure } from "#lib/requests/hold.ts";
import { holdInput, parseInput } from "#lib/requests/inputs.ts";
import { answersIn, letterSteps } from "../letter-steps.ts";

const send = formAction(holdErasure, { who: "desk", input: answersIn, then: ({ reference }) => `/desk/${reference}` });
const steps = letterSteps("erasure-held", async (_ctx, answers) => ({ kind: "erasure", hold: parseInput(holdInput, answers) }), send);

export async function hold(previous: FormState, form: FormData): Promise<FormState> {
  return await steps(previous, form);
}

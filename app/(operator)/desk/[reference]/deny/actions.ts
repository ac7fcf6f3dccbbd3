"use server";
import { formAction } from "#app/_server/action.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import { denyRequest } from "#lib/requests/deny.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { denyInput, parseInput } from "#lib/requests/inputs.ts";
import { answersIn, letterSteps } from "../letter-steps.ts";

const send = formAction(denyRequest, { who: "desk", input: answersIn, then: ({ reference }) => `/desk/${reference}` });
const steps = letterSteps("denied", async (ctx, answers) => {
  const denial = parseInput(denyInput, answers);
  return { kind: (await viewCase(ctx, answers.reference)).kind, denial };
}, send);

export async function deny(previous: FormState, form: FormData): Promise<FormState> {
  return await steps(previous, form);
}

"use server";
import { formAction } from "#app/_server/action.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import { DomainError } from "#lib/errors.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { extendRequest } from "#lib/requests/extend.ts";
import { extendInput, parseInput } from "#lib/requests/inputs.ts";
import { answersIn, letterSteps } from "../letter-steps.ts";

const send = formAction(extendRequest, { who: "desk", input: answersIn, then: ({ reference }) => `/desk/${reference}` });
const steps = letterSteps("extended", async (ctx, answers) => {
  const extension = parseInput(extendInput, answers);
  const { kind, forecast, extensionBarred } = await viewCase(ctx, answers.reference);
  // The month may have ended while the words were written.
  if (extensionBarred || !forecast.extendedTo) throw new DomainError("conflict", extensionBarred ?? "clock_stopped");
  return { kind, extension, dueAt: forecast.extendedTo };
}, send);

export async function extend(previous: FormState, form: FormData): Promise<FormState> {
  return await steps(previous, form);
}

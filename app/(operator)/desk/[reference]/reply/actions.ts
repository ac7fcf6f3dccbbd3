"use server";
import { formAction } from "#app/_server/action.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import { answerReview } from "#lib/consent/answer-review.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { parseInput, replyInput } from "#lib/requests/inputs.ts";
import { fieldsIn, letterSteps } from "../letter-steps.ts";

const send = formAction(answerReview, { who: "desk", input: (form) => fieldsIn(form, ["text", "record"]), then: ({ reference }) => `/desk/${reference}` });
const steps = letterSteps<"text" | "record">("replied", async (ctx, answers) => {
  const { text, record } = parseInput(replyInput, answers);
  const { kind, review } = await viewCase(ctx, answers.reference);
  return { kind, ...(review ? { reply: { about: review.about, text, recorded: record } } : {}) };
}, send, ["text", "record"]);

export async function reply(previous: FormState, form: FormData): Promise<FormState> {
  return await steps(previous, form);
}

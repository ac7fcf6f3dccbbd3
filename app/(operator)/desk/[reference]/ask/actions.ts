"use server";
import { formAction } from "#app/_server/action.ts";
import type { FormState } from "#app/_ui/form-state.ts";
import { askPerson } from "#lib/requests/ask-person.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { askInput, parseInput } from "#lib/requests/inputs.ts";
import { fieldsIn, letterSteps } from "../letter-steps.ts";

const fields: ("about" | "question" | "doubt")[] = ["about", "question", "doubt"];
const send = formAction(askPerson, { who: "desk", input: (form) => fieldsIn(form, fields), then: ({ reference }) => `/desk/${reference}` });
const steps = letterSteps("asked", async (ctx, answers) => {
  const { about, question, doubt } = parseInput(askInput, answers);
  const { kind, forecast } = await viewCase(ctx, answers.reference);
  return { kind, enquiry: { question, doubt, pauses: forecast.stops[about] !== null } };
}, send, fields);

export async function ask(previous: FormState, form: FormData): Promise<FormState> {
  return await steps(previous, form);
}

import type { WebContext } from "#lib/context.ts";
import { apply } from "./apply.ts";
import { findCase } from "./find.ts";
import { askInput, parseInput } from "./inputs.ts";

export interface AskInput {
  readonly reference: string;
  /** "identity" (Art. 12(6)) or "clarification". */
  readonly about: unknown;
  readonly question: unknown;
  /** Of an identity question: why the doubt is reasonable. */
  readonly doubt: unknown;
}

/**
 * A question to the person, who answers on their request's page. Where the law of the seat has it, the clock stands still
 * until then. Throws "not_found", "forbidden", "invalid" (fields about, question, doubt), "conflict" (enquiry_open, state_changed).
 */
export async function askPerson(ctx: WebContext, input: AskInput): Promise<{ reference: string }> {
  const { id, reference } = await findCase(ctx, input.reference);
  const { about, question, doubt } = parseInput(askInput, input);
  await apply(ctx, id, { type: "asked", by: ctx.actor.personId, about, question, doubt });
  return { reference };
}

import "server-only";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { FormAction, FormState } from "#app/_ui/form-state.ts";
import type { DoorContext } from "#lib/auth/door-context.ts";
import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { publicContext, webContext } from "#lib/runtime/web.ts";
import { current } from "./current.ts";
import { requireSameOrigin } from "./same-origin.ts";
import { inWords } from "./words.ts";

interface Shape<Input, Result> {
  /** From the form's fields to the verb's input; the verb parses. */
  readonly input: (form: FormData) => Input;
  /** Where to go when it worked; without it the page is read again. */
  readonly then?: (result: Result, input: Input) => string;
}

/**
 * A server action for signed-in people: origin → session → actor → verb → form state. `who: "desk"` hides it from everybody without a role there; the verb says what the role may do.
 * The origin and the row are checked on every call: an action is an endpoint of its own.
 */
export function formAction<Input, Result>(
  verb: (ctx: WebContext, input: Input) => Promise<Result>,
  shape: Shape<Input, Result> & { readonly who: "subject" | "desk" },
): FormAction {
  return async (_previous, form) => await attempt(form, verb, shape, async () => await actorContext(shape.who));
}

/** The same for people without a session; `verb` gets a context without actor. */
export function publicAction<Input, Result>(
  verb: (ctx: DoorContext, input: Input) => Promise<Result>,
  shape: Shape<Input, Result>,
): FormAction {
  return async (_previous, form) => await attempt(form, verb, shape, publicContext);
}

async function attempt<Ctx, Input, Result>(
  form: FormData,
  verb: (ctx: Ctx, input: Input) => Promise<Result>,
  shape: Shape<Input, Result>,
  context: () => Promise<Ctx>,
): Promise<FormState> {
  const door = await publicContext();
  let to: string | undefined;
  try {
    requireSameOrigin(await headers(), door.policy.portalUrl);
    const ctx = await context();
    const input = shape.input(form);
    const result = await verb(ctx, input);
    to = shape.then?.(result, input);
  } catch (error) {
    const errors = await inWords(error, door.log, "action");
    return { ok: false, errors, values: typed(form) };
  }
  // Next redirects by throwing: outside the try, or it would be taken for a bug.
  if (to !== undefined) redirect(to);
  refresh();
  return { ok: true, errors: {}, values: {} };
}

async function actorContext(who: "subject" | "desk"): Promise<WebContext> {
  const found = await current();
  if (found.kind !== "open") throw new DomainError("forbidden", "session_over");
  if (who === "desk" && found.actor.role === null) throw new DomainError("not_found", "not_found");
  return await webContext(found.actor);
}

/** What was typed, to be shown again. Files and the framework's own fields are left out. */
function typed(form: FormData): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  for (const name of new Set(form.keys())) {
    const all = form.getAll(name).filter((value) => typeof value === "string");
    const [only] = all;
    if (only !== undefined && !name.startsWith("$ACTION")) values[name] = all.length === 1 ? only : all;
  }
  return values;
}

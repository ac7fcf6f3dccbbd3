import "server-only";
import type { DoorContext } from "#lib/auth/door-context.ts";
import type { WebContext } from "#lib/context.ts";
import { DomainError, type DomainErrorCode } from "#lib/errors.ts";
import { publicContext, webContext } from "#lib/runtime/web.ts";
import { current } from "./current.ts";
import { report } from "./report.ts";
import { requireSameOrigin } from "./same-origin.ts";

const statuses: Readonly<Record<DomainErrorCode, number>> = {
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 400,
  too_many: 429,
  unavailable: 503,
};

/**
 * A POST from a form of ours that answers with a file. A refusal goes back to the page the form stands on (303) with
 * `?problem=<key under errors>`; a bug too, with the id to quote.
 * @param back path of that page
 */
export async function postByForm(request: Request, back: string, answer: (ctx: WebContext) => Promise<Response>): Promise<Response> {
  return await publicPostByForm(request, back, async ({ policy }) => {
    const found = await current();
    if (found.kind === "open") return await answer(await webContext(found.actor));
    return elsewhere(`${policy.portalUrl}/sign-in?${new URLSearchParams({ next: back })}`);
  });
}

/** The same for people without a session. */
export async function publicPostByForm(request: Request, back: string, answer: (ctx: DoorContext) => Promise<Response>): Promise<Response> {
  const door = await publicContext();
  const { log, policy } = door;
  const to = (problem: string, id?: string) => elsewhere(`${policy.portalUrl}${back}?${new URLSearchParams(id ? { problem, id } : { problem })}`);
  try {
    requireSameOrigin(request.headers, policy.portalUrl);
    return await answer(door);
  } catch (error) {
    if (!(error instanceof DomainError)) return to("bug", report(log, "route", error));
    if (error.code === "not_found") return new Response(null, { status: statuses.not_found });
    return to(error.reason);
  }
}

const elsewhere = (location: string) => new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });

/** For endpoints machines call: the status and the code, no words and no details. */
export async function machineAnswer(answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof DomainError) return Response.json({ error: error.reason }, { status: statuses[error.code] });
    const { log } = await publicContext();
    return Response.json({ error: "bug", id: report(log, "route", error) }, { status: 500 });
  }
}

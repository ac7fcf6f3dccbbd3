import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { WebContext } from "#lib/context.ts";
import { closeSession } from "#lib/auth/close-session.ts";
import { isRecent } from "#lib/auth/lifetime.ts";
import { noteSignal } from "#lib/consent/note-signal.ts";
import type { SessionReading } from "#lib/auth/read-session.ts";
import { publicContext, webContext } from "#lib/runtime/web.ts";
import { current } from "./current.ts";
import { PATH_HEADER } from "./request-headers.ts";

/** A page for signed-in people: everyone else is sent where they belong. */
export async function asSubject(): Promise<WebContext> {
  const found = await current();
  switch (found.kind) {
    case "ended":
      return redirect(await signInPath());
    case "checking":
      return redirect(`/checking?${new URLSearchParams({ next: await askedFor() })}`);
    case "refused":
      return await turnAway(found);
    case "open":
      return await welcome(await webContext(found.actor));
  }
}

/** Before anything else is done for them: what their browser says by itself. */
async function welcome(ctx: WebContext): Promise<WebContext> {
  await noteSignal(ctx, (await headers()).get("sec-gpc"));
  return ctx;
}

/** Ends the session of an account that may not use the portal, and says why. */
export async function turnAway(found: Extract<SessionReading, { kind: "refused" }>): Promise<never> {
  await closeSession(await publicContext(), found.sessionId);
  return redirect(`/not-for-you?why=${found.state}`);
}

/** A page of the desk: for everybody without a role there it does not exist. What the role may do is the verbs' question. */
export async function asDesk(): Promise<WebContext> {
  const ctx = await asSubject();
  return ctx.actor.role === null ? notFound() : ctx;
}

/** A page that only leads to an act: for people of the desk who may not act it does not exist either. */
export async function asOperator(): Promise<WebContext> {
  const ctx = await asSubject();
  return ctx.actor.operator ? ctx : notFound();
}

/** Where to send a person for a fresh Matrix proof, or null while the last one is young enough to download. */
export function signInAgain(ctx: WebContext, backTo: string): string | null {
  if (isRecent(ctx.actor.authenticatedAt, ctx.now())) return null;
  return `/sign-in?${new URLSearchParams({ again: "1", next: backTo })}`;
}

async function signInPath(): Promise<string> {
  return `/sign-in?${new URLSearchParams({ next: await askedFor() })}`;
}

async function askedFor(): Promise<string> {
  return (await headers()).get(PATH_HEADER) ?? "/";
}

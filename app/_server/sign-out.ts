"use server";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { closeAllSessions } from "#lib/auth/close-all-sessions.ts";
import { closeSession } from "#lib/auth/close-session.ts";
import { sessionCookie } from "#lib/auth/cookie.ts";
import { publicContext, webContext } from "#lib/runtime/web.ts";
import { current } from "./current.ts";
import { requireSameOrigin } from "./same-origin.ts";

/** Ends this sign-in. Works for a session that is still being checked, and without one. */
export async function signOut(): Promise<void> {
  const door = await publicContext();
  requireSameOrigin(await headers(), door.policy.portalUrl);
  const found = await current();
  if (found.kind === "open" || found.kind === "checking") await closeSession(door, found.actor.sessionId);
  await leave("this");
}

/** Ends every sign-in of the person to this portal. Their Matrix devices stay signed in. */
export async function signOutEverywhere(): Promise<void> {
  const door = await publicContext();
  requireSameOrigin(await headers(), door.policy.portalUrl);
  const found = await current();
  if (found.kind === "open" || found.kind === "checking") await closeAllSessions(await webContext(found.actor));
  await leave("all");
}

async function leave(out: "this" | "all"): Promise<never> {
  const { name, options } = sessionCookie((await publicContext()).policy.portalUrl);
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
  return redirect(`/?${new URLSearchParams({ out })}`);
}

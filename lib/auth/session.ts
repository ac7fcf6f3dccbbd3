import "server-only";
import { cookies } from "next/headers";
import { getToken } from "next-auth/jwt";
import type { NextRequest } from "next/server";
import { cookieSecret, sessionCookie } from "./cookie.ts";
import type { DoorContext } from "./door-context.ts";

/** The id in the session cookie, or null. It proves nothing yet: the row does (read-session.ts). */
export async function sessionId({ policy, secret }: Pick<DoorContext, "policy" | "secret">): Promise<string | null> {
  const { name } = sessionCookie(policy.portalUrl);
  const value = (await cookies()).get(name)?.value;
  if (value === undefined) return null;
  // Only our cookie is handed over: getToken would take a Bearer header as well.
  const req = { cookies: { [name]: value }, headers: {} } as unknown as NextRequest;
  const token = await getToken({ req, cookieName: name, secret: cookieSecret(secret) });
  return token?.sub ?? null;
}

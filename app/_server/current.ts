import "server-only";
import { cache } from "react";
import { readSession, type SessionReading } from "#lib/auth/read-session.ts";
import { sessionId } from "#lib/auth/session.ts";
import { publicContext } from "#lib/runtime/web.ts";

/** Who is at the door, read once a request. */
export const current = cache(async (): Promise<SessionReading> => {
  const door = await publicContext();
  const id = await sessionId(door);
  return id === null ? { kind: "ended" } : await readSession(door, id);
});

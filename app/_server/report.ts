import { randomBytes } from "node:crypto";
import type { Log } from "#lib/log.ts";

/** Logs what must not be shown and returns the id a person can quote. */
export function report(log: Log, where: string, error: unknown): string {
  const id = randomBytes(5).toString("hex");
  log.error("request.failed", error, { id, where });
  return id;
}

import { randomBytes } from "node:crypto";
import { readCrockford, writeCrockford } from "./crockford.ts";

/** 40 random bits: names a request to people, grants nothing. Unique by the database. */
export function newReference(random: (size: number) => Uint8Array = randomBytes): string {
  return writeCrockford(random(5));
}

/** As stored (no hyphen, capitals), or null when it cannot be a reference. */
export function parseReference(text: unknown): string | null {
  return typeof text === "string" ? readCrockford(text) : null;
}

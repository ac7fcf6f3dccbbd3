import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

/** What an application service's registration file says of how to reach it. */
export interface Appservice {
  readonly id: string;
  /** null: it wants no requests. No trailing slash. */
  readonly url: string | null;
  /** With which the homeserver, and we in its stead, speak to it. */
  readonly hsToken: string;
}

const registration = z.object({
  id: z.string().min(1),
  url: z.union([z.null(), z.literal("").transform(() => null), z.url({ protocol: /^https?$/ })]).default(null),
  hs_token: z.string().min(1),
});

/** A file that is no registration; never with anything of its content, which holds tokens. */
export class RegistrationUnreadable extends Error {
  constructor() {
    super("a registration file cannot be read");
    this.name = "RegistrationUnreadable";
  }
}

/** @throws RegistrationUnreadable, also for two of one id */
export function readAppservices(files: readonly string[]): Appservice[] {
  const found = files.map(readRegistration);
  if (new Set(found.map(({ id }) => id)).size < found.length) throw new RegistrationUnreadable();
  return found;
}

function readRegistration(file: string): Appservice {
  try {
    const { id, url, hs_token: hsToken } = registration.parse(parse(readFileSync(file, "utf8"), { logLevel: "silent", maxAliasCount: 100 }));
    return { id, url: url?.replace(/\/+$/, "") ?? null, hsToken };
  } catch {
    throw new RegistrationUnreadable();
  }
}

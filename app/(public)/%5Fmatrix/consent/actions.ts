"use server";
import { publicAction } from "#app/_server/action.ts";
import { giveByLink } from "#lib/consent/give-by-link.ts";

const names = ["u", "h", "policy", "version", "language", "hash"] as const;

/** Agreeing with the homeserver's link for a key; afterwards the same page tells how far it has come. */
export const agreeByLink = publicAction(giveByLink, {
  input: (form) => Object.fromEntries(names.map((name) => [name, form.get(name)])) as Record<(typeof names)[number], unknown>,
  then: (_result, { u, h }) => `/_matrix/consent?${new URLSearchParams({ u: String(u), h: String(h) })}`,
});

/** What was typed as a name, understood; or why it cannot be sent to this homeserver. */
export type TypedName = { readonly mxid: string } | { readonly problem: "name_missing" | "name_other_server" | "name_is_mail" };

/**
 * A full Matrix ID or the name alone. Byte for byte: nothing is trimmed, folded or normalised, because historical
 * names may hold capitals and spaces. The server's own name may hold a colon (a port): the first one separates.
 */
export function readName(typed: string, serverName: string): TypedName {
  const bare = typed.startsWith("@") ? typed.slice(1) : typed;
  if (bare === "") return { problem: "name_missing" };
  const colon = bare.indexOf(":");
  if (colon >= 0) {
    return bare.slice(colon + 1) === serverName ? { mxid: `@${bare}` } : { problem: "name_other_server" };
  }
  if (!typed.startsWith("@") && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(bare)) return { problem: "name_is_mail" };
  return { mxid: `@${bare}:${serverName}` };
}

/** A blank at an end is easily typed by a phone's keyboard and never seen: said only after the homeserver refused. */
export function hasBlankEnds(typed: string): boolean {
  return typed !== typed.trim();
}

import { z } from "zod";
import { NoAnswer, type SafeFetch } from "./safe-fetch.ts";
import { parseServerName, wellKnownTarget } from "./server-discovery.ts";

/** Who of a server's published contacts is asked, the fittest first (MSC1929, MSC4265). */
const roles = ["m.role.dpo", "org.matrix.msc4265.role.dpo", "m.role.security", "m.role.admin"] as const;

const contact = z.object({ email_address: z.email().max(254), role: z.string() });
const support = z.object({ contacts: z.array(z.unknown()).max(100).default([]) });

/**
 * Mail address that the server publishes for such questions (`/.well-known/matrix/support`); null when it publishes none.
 * @throws NoAnswer where asking again may help, AddressRefused
 */
export async function findContact(serverName: string, fetch: SafeFetch): Promise<string | null> {
  const name = parseServerName(serverName);
  if (name === null) return null;
  const answer = await fetch(wellKnownTarget(name), { path: "/.well-known/matrix/support" });
  if (answer.status === 429 || answer.status >= 500) throw new NoAnswer();
  const found = answer.status === 200 ? readContacts(answer.text) : [];
  for (const role of roles) {
    const fit = found.find((each) => each.role === role);
    if (fit) return fit.email_address;
  }
  return null;
}

function readContacts(text: string): z.infer<typeof contact>[] {
  try {
    // One contact without an address, or with a broken one, hides no other.
    return support.parse(JSON.parse(text)).contacts.flatMap((each) => contact.safeParse(each).data ?? []);
  } catch {
    return [];
  }
}

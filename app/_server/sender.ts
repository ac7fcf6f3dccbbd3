import "server-only";
import { headers } from "next/headers";

/** The last hop's word: entries before it are whatever the sender wrote. Counted in memory, never stored. */
export async function sender(): Promise<string> {
  return (await headers()).get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
}

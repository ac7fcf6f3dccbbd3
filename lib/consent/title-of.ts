import type { Policy } from "#lib/config/policy.ts";
import { findPolicy, readText } from "./texts.ts";

/**
 * How a text is called where somebody reads of it; the name of its folder when there is no such text any more.
 * @param reader tag of the language they read
 * @returns language of the title; null: the folder's name, which is in none
 */
export async function titleOf({ policies }: Pick<Policy, "policies">, policy: string, reader: string): Promise<{ title: string; language: string | null }> {
  const entry = await findPolicy(policies, policy);
  const text = entry && (await readText(policies, entry, entry.current, reader));
  return text ? { title: text.title, language: text.language } : { title: policy, language: null };
}

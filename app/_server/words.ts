import { getTranslations } from "next-intl/server";
import { DomainError } from "#lib/errors.ts";
import type { Log } from "#lib/log.ts";
import { report } from "./report.ts";

/**
 * An error in words, by field ("" is the whole form). A refusal is told; anything else is a bug: logged with an id,
 * told as that id.
 */
export async function inWords(error: unknown, log: Log, where: string): Promise<Record<string, string>> {
  const t = await getTranslations("errors");
  const say = (key: string) => (t.has(key) ? t(key) : t("refused"));
  if (!(error instanceof DomainError)) return { "": t("bug", { id: report(log, where, error) }) };
  const fields = Object.entries(error.fields).map(([name, key]) => [name, say(key)] as const);
  return fields.length > 0 ? Object.fromEntries(fields) : { "": say(error.reason) };
}

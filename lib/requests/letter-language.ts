import type { WebContext } from "#lib/context.ts";
import { languageOf, type Language } from "#lib/messages/languages.ts";
import { findCase } from "./find.ts";

/** The language a letter of a case will go in: who decides reads it as the person will. Throws as `findCase`. */
export async function letterLanguage(ctx: WebContext, reference: string): Promise<Language> {
  const { id } = await findCase(ctx, reference);
  const { person } = await ctx.db.request.findUniqueOrThrow({ where: { id }, select: { person: { select: { locale: true } } } });
  return languageOf(person, ctx.policy);
}

import type { WebContext } from "#lib/context.ts";
import type { Language } from "#lib/messages/languages.ts";

/** The person chose: what is written to them from now on is in that language. */
export async function rememberLanguage({ db, actor }: Pick<WebContext, "db" | "actor">, language: Language): Promise<void> {
  await db.person.updateMany({ where: { id: actor.personId }, data: { locale: language } });
}

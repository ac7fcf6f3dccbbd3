import { getLocale, getTranslations } from "next-intl/server";
import { languages } from "#lib/messages/languages.ts";
import { chooseLanguage } from "./language.ts";
import styles from "./languages.module.css";

/** Each language by its own name, as buttons: a form works without script, and a link would be a GET that changes something. */
export async function Languages() {
  const t = await getTranslations("common");
  const locale = await getLocale();
  return (
    <form action={chooseLanguage} className={styles.languages} aria-label={t("language")}>
      {Object.entries(languages).map(([tag, name]) => (
        <button key={tag} type="submit" name="language" value={tag} lang={tag} aria-pressed={tag === locale} className={styles.language}>
          {name}
        </button>
      ))}
    </form>
  );
}

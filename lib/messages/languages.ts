/** Languages of the portal: each is a folder beside this file, by its tag (BCP 47), and called what its speakers call it. */
export const languages = {
  de: "Deutsch",
  en: "English",
  es: "Español",
  fr: "Français",
  pl: "Polski",
  uk: "Українська",
} as const;

export type Language = keyof typeof languages;

export const languageTags = Object.keys(languages) as [Language, ...Language[]];

export function isLanguage(tag: unknown): tag is Language {
  return typeof tag === "string" && Object.hasOwn(languages, tag);
}

/** A bare language would mean its largest country, and bare "en" month before day, which most of those who read it would mistake. */
export function regionOf(locale: string): string {
  return locale === "en" ? "en-GB" : locale;
}

/** Art. 12(1): letters and documents are in the language the person reads the portal in; the portal's own where we never saw them read. */
export function languageOf({ locale }: { readonly locale: string | null }, { language }: { readonly language: Language }): Language {
  return isLanguage(locale) ? locale : language;
}

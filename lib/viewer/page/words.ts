import format, { type CompiledMessage, type FormatOptions } from "icu-minify/format";

/** Sentences as lib/viewer/words-for-page.ts compiled them: so the page carries a formatter of 1 kB and no parser. */
export type CompiledWords = { readonly [key: string]: CompiledMessage | CompiledWords };

type Catalogue = (typeof import("#lib/messages/en/viewer.json"))["default"];
type Keys<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Keys<T[K]>}` }[keyof T & string];
export type Key = Keys<Catalogue>;

/** A sentence of the catalogue. Values are text: whatever they hold stays text. */
export type Translate = (key: Key, values?: Record<string, string | number>) => string;

const formatters: FormatOptions["formatters"] = {
  getNumberFormat: (...given) => new Intl.NumberFormat(...given),
  getPluralRules: (...given) => new Intl.PluralRules(...given),
  getDateTimeFormat: (...given) => new Intl.DateTimeFormat(...given),
};

export function translator(words: CompiledWords, locale: string): Translate {
  return (key, values) => {
    let found: unknown = words;
    for (const part of key.split(".")) found = (found as CompiledWords | undefined)?.[part];
    return format(found as CompiledMessage, locale, values, { formatters });
  };
}

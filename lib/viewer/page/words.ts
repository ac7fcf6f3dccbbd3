import type catalogue from "#lib/messages/en/viewer.json";
import format, { type CompiledMessage, type FormatOptions } from "icu-minify/format";

/** Sentences as compile-words.ts compiled them: so the page carries a formatter of 1 kB and no parser. */
export type CompiledWords = { readonly [key: string]: CompiledMessage | CompiledWords };

type Keys<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Keys<T[K]>}` }[keyof T & string];
export type Key = Keys<typeof catalogue>;

/** A sentence of the catalogue. Values are text: whatever they hold stays text. */
export type Translate = (key: Key, values?: Record<string, string | number>) => string;

/** Made once: each takes longer to make than a row of the page. There is one language, and sentences use no options. */
function once<T>(make: (locale?: string) => T): (locale?: unknown) => T {
  let made: T | undefined;
  return (locale) => (made ??= make(String(locale)));
}

const formatters = {
  getNumberFormat: once((locale) => new Intl.NumberFormat(locale)),
  getPluralRules: once((locale) => new Intl.PluralRules(locale)),
  getDateTimeFormat: once((locale) => new Intl.DateTimeFormat(locale)),
} as FormatOptions["formatters"];

/** @param words by namespace, as the page carries them */
export function translator(words: CompiledWords, namespace: "viewer", locale: string): Translate {
  return (key, values) => {
    let found: unknown = words;
    for (const part of [namespace, ...key.split(".")]) found = (found as CompiledWords | undefined)?.[part];
    return [format(found as CompiledMessage, locale, values, { formatters })].flat().join("");
  };
}

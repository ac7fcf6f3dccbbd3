import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createTranslator, type AbstractIntlMessages } from "use-intl/core";

/** The language every other falls back to, sentence by sentence. */
export const defaultLocale = "en";

export type Messages = { [key: string]: string | Messages };
/** A sentence of one namespace by its key, with ICU arguments filled in. */
export interface Translate {
  (key: string, values?: Record<string, string | number | Date>): string;
  has(key: string): boolean;
}

// From the working directory rather than this file's place: the bundler moves files, and every way
// to start the portal starts in its folder.
const folder = path.join(process.cwd(), "lib", "messages");
const cache = new Map<string, Messages>();

/** Languages there are files for. */
export function locales(): string[] {
  return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}

/** All sentences of a language, one namespace a file; what it lacks is said in English. */
export function messagesFor(locale: string): Messages {
  const known = cache.get(locale);
  if (known) return known;
  const messages = locale === defaultLocale ? read(defaultLocale) : merge(messagesFor(defaultLocale), locales().includes(locale) ? read(locale) : {});
  // In development a sentence changes while the server runs.
  if (process.env.NODE_ENV === "production") cache.set(locale, messages);
  return messages;
}

/** For the worker's letters and documents. @throws when the key is missing: a letter with a hole must not go out */
export function translator(locale: string, namespace: string): Translate {
  const onError = (error: Error) => {
    throw error;
  };
  const messages: AbstractIntlMessages = messagesFor(locale);
  return createTranslator({ locale, messages, namespace, onError }) as Translate;
}

function read(locale: string): Messages {
  const files = readdirSync(path.join(folder, locale)).filter((file) => file.endsWith(".json"));
  return Object.fromEntries(files.map((file) => [path.basename(file, ".json"), JSON.parse(readFileSync(path.join(folder, locale, file), "utf8")) as Messages]));
}

function merge(base: Messages, over: Messages): Messages {
  const merged: Messages = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = typeof value === "object" && typeof below === "object" ? merge(below, value) : value;
  }
  return merged;
}

import { messagesFor, type Messages } from "#lib/messages/messages.ts";

function leaves(messages: Messages, above = ""): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string][] => (typeof value === "string" ? [[`${above}${key}`, value]] : leaves(value, `${above}${key}.`)));
}

/** How a language says what the English catalogue says so. Throws for a sentence that is not in it. */
export function inLanguage(locale: string): (english: string) => string {
  const english = leaves(messagesFor("en"));
  const ours = new Map(leaves(messagesFor(locale)));
  return (sentence) => {
    const key = english.find(([, text]) => text === sentence)?.[0];
    const said = key === undefined ? undefined : ours.get(key);
    if (said === undefined) throw new Error(`the catalogue does not say "${sentence}"`);
    return said;
  };
}

/** Sentences without arguments that English says one way and the language another: none of them may stand on one of its pages. */
export function onlyEnglish(locale: string): ReadonlySet<string> {
  const ours = new Set(leaves(messagesFor(locale)).map(([, text]) => text));
  return new Set(leaves(messagesFor("en")).map(([, text]) => text).filter((text) => !/[{<]/.test(text) && !ours.has(text)));
}

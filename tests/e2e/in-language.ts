import { messagesFor, type Messages } from "#lib/messages/messages.ts";

function leaves(messages: Messages, above = ""): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string][] => (typeof value === "string" ? [[`${above}${key}`, value]] : leaves(value, `${above}${key}.`)));
}

/** Sentences without arguments that English says one way and the language another: none of them may stand on one of its pages. */
export function onlyEnglish(locale: string): ReadonlySet<string> {
  const ours = new Set(leaves(messagesFor(locale)).map(([, text]) => text));
  return new Set(leaves(messagesFor("en")).map(([, text]) => text).filter((text) => !/[{<]/.test(text) && !ours.has(text)));
}

import compile from "icu-minify/compile";
import type { Messages } from "#lib/messages/messages.ts";
import type { CompiledWords } from "./page/words.ts";

/** The sentences of one namespace, parsed here so that the page need not: any language there are files for. */
export function compileWords(messages: Messages): CompiledWords {
  return Object.fromEntries(Object.entries(messages).map(([key, value]) => [key, typeof value === "string" ? compile(value) : compileWords(value)]));
}

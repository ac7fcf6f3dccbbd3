import type { LetterFacts, Words } from "./facts.ts";

/** Sentences of letters about the legal clock. */
export const clockWords = (words: Words) => (key: string, values?: Record<string, string>): string => words.other("clock", `letters.${key}`, values);

/** What says by when, or that the clock stands still at the moment: a letter that went late must not name a date of before. */
export function nextWords(facts: LetterFacts, words: Words, dated: string): string {
  return facts.pausedAt ? clockWords(words)("stillNext") : dated;
}

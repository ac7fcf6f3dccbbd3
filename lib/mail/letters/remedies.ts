import type { LetterFacts, Words } from "./facts.ts";

/** Art. 12(4): what one can do against a refusal, in whole or in part. */
export function remedies(facts: LetterFacts, words: Words): readonly string[] {
  return [complaint(facts, words), words.t("denied.court")];
}

/** Art. 77: open to everybody, refused or not. */
export function complaint({ policy: { authority } }: LetterFacts, { t }: Words): string {
  return t("denied.complaint", { authority: authority.name, authorityUrl: authority.url });
}

import type { LetterFacts, Words } from "./facts.ts";

/** Art. 12(4): what one can do against a refusal, in whole or in part. */
export function remedies({ policy: { authority } }: LetterFacts, { t }: Words): readonly string[] {
  return [t("denied.complaint", { authority: authority.name, authorityUrl: authority.url }), t("denied.court")];
}

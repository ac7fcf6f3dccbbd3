import { type Block, type LetterFacts, requestLink, spoken, type Words, type WriteLetter } from "./facts.ts";
import { remedies } from "./remedies.ts";

/**
 * The copy is being built. Where kinds on approval were asked for, which of them it will hold; a refusal of one is a refusal
 * in part, so Art. 12(4) asks for its reason, the authority and the way to a court.
 */
export const writeApproved: WriteLetter = (facts, words) => {
  const { t } = words;
  const values = { reference: spoken(facts.reference) };
  const link = requestLink(facts);
  const ruled = rulings(facts, words);
  return {
    subject: t("approved.subject", values),
    blocks: [{ text: t("approved.text", values) }, ...ruled, { text: t("approved.next") }, { link, label: t("request.link") }],
    notice: [t("approved.notice", values), ...ruled.map((block) => ("quote" in block ? block.quote : block.text))],
    link,
    mayObject: true,
  };
};

function rulings(facts: LetterFacts, words: Words): Extract<Block, { text: string } | { quote: string }>[] {
  const { granted, refused } = facts.rulings ?? { granted: [], refused: [] };
  const say = (key: "granted" | "refused", kind: string) => ({ text: words.t(`approved.${key}`, { kind: words.other("kinds", `${kind}.title`) }) });
  return [
    ...granted.map(({ kind }) => say("granted", kind)),
    ...refused.flatMap(({ kind, reason, code }) => [say("refused", kind), ...(code ? [{ text: words.other("reasons", code) }] : []), { quote: reason }]),
    ...(refused.length > 0 ? remedies(facts, words).map((text) => ({ text })) : []),
  ];
}

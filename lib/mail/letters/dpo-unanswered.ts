import { clockWords } from "./clock-words.ts";
import { deskLink, spoken, type WriteLetter } from "./facts.ts";

/** No pause is silent: whoever stopped the clock hears that it still stands. */
export const writeDpoUnanswered: WriteLetter = (facts, words) => {
  const say = clockWords(words);
  const values = { reference: spoken(facts.reference), at: words.day(facts.at) };
  const link = deskLink(facts);
  return {
    subject: say("unanswered.subject", values),
    blocks: [{ text: say("unanswered.text", values) }, { text: say("unanswered.next") }, { link, label: words.t("desk.link") }],
    notice: [say("unanswered.text", values)],
    link,
    mayObject: false,
  };
};

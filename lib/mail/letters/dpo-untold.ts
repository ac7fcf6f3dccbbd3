import { clockWords } from "./clock-words.ts";
import { deskLink, spoken, type WriteLetter } from "./facts.ts";

/** Art. 12(3): the person must be told of an extension inside the first month, and has not been. */
export const writeDpoUntold: WriteLetter = (facts, words) => {
  const say = clockWords(words);
  const values = { reference: spoken(facts.reference), late: facts.late ? "yes" : "no" };
  const link = deskLink(facts);
  return {
    subject: say("untold.subject", values),
    blocks: [{ text: say("untold.text", values) }, { text: say("untold.next") }, { link, label: words.t("desk.link") }],
    notice: [say("untold.text", values)],
    link,
    mayObject: false,
  };
};

import { clockWords } from "./clock-words.ts";
import { deskLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

export const writeDpoAnswered: WriteLetter = (facts, words) => {
  const say = clockWords(words);
  const values = { reference: spoken(facts.reference), due: words.lastDay(need(facts.dueAt, "a due date")) };
  const link = deskLink(facts);
  return {
    subject: say("answered.subject", values),
    blocks: [{ text: say("answered.text", values) }, { link, label: words.t("desk.link") }],
    notice: [say("answered.text", values)],
    link,
    mayObject: false,
  };
};

import { clockWords } from "./clock-words.ts";
import { requestLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** The privacy team goes on without an answer, or has one by another way. */
export const writeEnquiryEnded: WriteLetter = (facts, words) => {
  const say = clockWords(words);
  const values = { reference: spoken(facts.reference), due: words.lastDay(need(facts.dueAt, "a due date")) };
  const link = requestLink(facts);
  const due = facts.pausedAt ? say("stillNext") : say("ended.due", values);
  return {
    subject: say("ended.subject", values),
    blocks: [{ text: say("ended.text", values) }, { text: due }, { link, label: words.t("request.link") }],
    notice: [say("ended.text", values), due],
    link,
    mayObject: false,
  };
};

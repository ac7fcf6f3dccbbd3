import { clockWords } from "./clock-words.ts";
import { byMail } from "./form-words.ts";
import { requestLink, spoken, type Block, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** A question to the person: what, of a doubt about who asks also why (Art. 12(6)), and what waiting means. */
export const writeAsked: WriteLetter = (facts, words) => {
  const say = clockWords(words);
  const { question, doubt, pauses } = need(facts.enquiry, "a question");
  const values = { reference: spoken(facts.reference) };
  const link = requestLink(facts);
  const waits = pauses ? say("asked.waits") : say("asked.runs");
  const why: Block[] = doubt === null ? [{ text: say("asked.clarification", values) }] : [{ text: say("asked.identity", values) }, { quote: doubt }];
  return {
    subject: say("asked.subject", values),
    blocks: [...why, { text: say("asked.question") }, { quote: question }, { text: waits }, { text: byMail(facts, words, "asked", say("asked.how"), { mail: facts.policy.dpoMail }) }, { link, label: say("link") }],
    notice: [say("asked.notice", values), ...(doubt === null ? [] : [doubt]), question, waits],
    link,
    mayObject: true,
  };
};

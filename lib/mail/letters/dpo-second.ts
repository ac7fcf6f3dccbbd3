import { clockWords } from "./clock-words.ts";
import { deskLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** The first of two operators has agreed. */
export const writeDpoSecond: WriteLetter = (facts, words) => {
  const { t, lastDay } = words;
  const say = clockWords(words);
  const values = { reference: spoken(facts.reference), due: lastDay(need(facts.dueAt, "a due date")) };
  const link = deskLink(facts);
  const [subject, text] = facts.pausedAt
    ? [say("secondStill.subject", values), say("secondStill.text", values)]
    : [t("dpoSecond.subject", values), t("dpoSecond.text", values)];
  return { subject, blocks: [{ text }, { link, label: t("desk.link") }], notice: [text], link, mayObject: false };
};

import { nextWords } from "./clock-words.ts";
import { deskLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** A package is built and waits to be seen before it is handed out. */
export const writeDpoPreview: WriteLetter = (facts, words) => {
  const { t, lastDay } = words;
  const values = { reference: spoken(facts.reference), due: lastDay(need(facts.dueAt, "a due date")) };
  const link = deskLink(facts);
  const text = t("dpoPreview.text", values);
  return { subject: t("dpoPreview.subject", values), blocks: [{ text }, { text: nextWords(facts, words, t("dpoPreview.due", values)) }, { link, label: t("desk.link") }], notice: [text], link, mayObject: false };
};

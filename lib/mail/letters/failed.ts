import { nextWords } from "./clock-words.ts";
import { requestLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

export const writeFailed: WriteLetter = (facts, words) => {
  const { t, lastDay } = words;
  const values = { reference: spoken(facts.reference), kind: facts.kind, due: lastDay(need(facts.dueAt, "a due date")) };
  const link = requestLink(facts);
  return {
    subject: t("failed.subject", values),
    blocks: [{ text: t("failed.text", values) }, { text: nextWords(facts, words, t("failed.next", values)) }, { link, label: t("request.link") }],
    notice: [t("failed.notice", values)],
    link,
    mayObject: false,
  };
};

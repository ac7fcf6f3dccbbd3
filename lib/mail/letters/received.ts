import { nextWords } from "./clock-words.ts";
import { requestLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** Receipt with the legal date (Art. 12(3)). */
export const writeReceived: WriteLetter = (facts, words) => {
  const { t, lastDay, moment } = words;
  const values = { reference: spoken(facts.reference), kind: facts.kind, at: moment(facts.at), due: lastDay(need(facts.dueAt, "a due date")) };
  const link = requestLink(facts);
  return {
    subject: t("received.subject", values),
    blocks: [{ text: t("received.text", values) }, { text: nextWords(facts, words, t("received.next", values)) }, { link, label: t("request.link") }],
    notice: facts.pausedAt ? [t("received.text", values), nextWords(facts, words, "")] : [t("received.notice", values)],
    link,
    mayObject: true,
  };
};

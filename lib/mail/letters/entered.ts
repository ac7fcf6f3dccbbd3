import { nextWords } from "./clock-words.ts";
import { requestLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** Art. 12(2): somebody of the privacy team entered what came by another way. Whoever did not ask can stop it. */
export const writeEntered: WriteLetter = (facts, words) => {
  const values = { reference: spoken(facts.reference), kind: facts.kind, via: facts.via ?? "other", due: words.lastDay(need(facts.dueAt, "a due date")) };
  const say = (key: string) => words.t(`entered.${key}`, values);
  const link = requestLink(facts);
  return {
    subject: say("subject"),
    blocks: [{ text: say("text") }, { text: nextWords(facts, words, say("next")) }, { link, label: words.t("request.link") }],
    notice: [say("text"), nextWords(facts, words, say("next"))],
    link,
    mayObject: true,
  };
};

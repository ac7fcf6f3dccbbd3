import { clockWords } from "./clock-words.ts";
import { requestLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** Art. 12(3): the extension with its reasons, told inside the first month. */
export const writeExtended: WriteLetter = (facts, words) => {
  const say = clockWords(words);
  const { reason, text } = need(facts.extension, "a reason");
  const { dpoMail: mail, authority } = facts.policy;
  const why = words.other("clock", `extension.${reason}`);
  const values = { reference: spoken(facts.reference), due: words.lastDay(need(facts.dueAt, "a due date")), reason: why };
  const link = requestLink(facts);
  const more = facts.pausedAt ? say("extended.still", values) : say("extended.text", values);
  return {
    subject: say("extended.subject", values),
    blocks: [
      { text: more },
      { text: say("extended.reason", values) },
      { quote: text },
      { text: say("extended.next", { mail, authority: authority.name, authorityUrl: authority.url }) },
      { link, label: words.t("request.link") },
    ],
    // Without a mail address the notice is the letter: the reasons stand in it too.
    notice: [more, say("extended.reason", values), text],
    link,
    mayObject: false,
  };
};

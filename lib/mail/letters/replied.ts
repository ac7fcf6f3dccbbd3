import { requestLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";
import { complaint } from "./remedies.ts";

/** The officer's answer about a consent, and where one may turn whom it does not content. */
export const writeReplied: WriteLetter = (facts, words) => {
  const { t } = words;
  const { about, text, recorded } = need(facts.reply, "an answer");
  const values = { reference: spoken(facts.reference), about };
  const link = requestLink(facts);
  const taken = recorded ? [t("replied.recorded", values)] : [];
  return {
    subject: t("replied.subject", values),
    blocks: [{ text: t("replied.text", values) }, { quote: text }, ...taken.map((line) => ({ text: line })), { text: complaint(facts, words) }, { link, label: t("request.link") }],
    notice: [t("replied.text", values), text, ...taken, complaint(facts, words)],
    link,
    mayObject: false,
  };
};

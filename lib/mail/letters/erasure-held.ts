import { requestLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";
import { remedies } from "./remedies.ts";

/** Art. 17(3) stands against it for now; as a refusal in part it names authority and court (Art. 12(4)). */
export const writeErasureHeld: WriteLetter = (facts, words) => {
  const { t } = words;
  const { reason, text } = need(facts.hold, "a hold");
  const values = { reference: spoken(facts.reference), reason: words.other("reasons", reason) };
  const link = requestLink(facts);
  const ways = remedies(facts, words);
  return {
    subject: t("erasureHeld.subject", values),
    blocks: [{ text: t("erasureHeld.text", values) }, { text: t("erasureHeld.reason", values) }, { quote: text }, ...ways.map((way) => ({ text: way })), { link, label: t("request.link") }],
    notice: [t("erasureHeld.notice", values), text, ...ways],
    link,
    mayObject: false,
  };
};

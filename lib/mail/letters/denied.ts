import { requestLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";
import { remedies } from "./remedies.ts";

/** Art. 12(4): no refusal without its reason, the authority one may complain to, and the way to a court. */
export const writeDenied: WriteLetter = (facts, words) => {
  const { t, other } = words;
  const { reason, text } = need(facts.denial, "a reason");
  const values = { reference: spoken(facts.reference), kind: facts.kind };
  const why = t("denied.reason", { reason: other("reasons", reason) });
  const own = text.trim();
  const ways = remedies(facts, words);
  const link = requestLink(facts);
  return {
    subject: t("denied.subject", values),
    blocks: [
      { text: t("denied.text", values) },
      { text: why },
      ...(own === "" ? [] : [{ quote: own }]),
      ...ways.map((remedy) => ({ text: remedy })),
      { link, label: t("request.link") },
    ],
    // The law's three parts stand in the notice too: without a mail address it is the only letter.
    notice: [t("denied.text", values), why, ...(own === "" ? [] : [own]), ...ways],
    link,
    mayObject: false,
  };
};

import { requestLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** Art. 12(4): no refusal without its reason, the authority one may complain to, and the way to a court. */
export const writeDenied: WriteLetter = (facts, { t, other }) => {
  const { reason, text } = need(facts.denial, "a reason");
  const { authority } = facts.policy;
  const values = { reference: spoken(facts.reference), authority: authority.name, authorityUrl: authority.url };
  const why = t("denied.reason", { reason: other("reasons", reason) });
  const own = text.trim();
  const remedies = [t("denied.complaint", values), t("denied.court")];
  const link = requestLink(facts);
  return {
    subject: t("denied.subject", values),
    blocks: [
      { text: t("denied.text", values) },
      { text: why },
      ...(own === "" ? [] : [{ quote: own }]),
      ...remedies.map((remedy) => ({ text: remedy })),
      { link, label: t("request.link") },
    ],
    // The law's three parts stand in the notice too: without a mail address it is the only letter.
    notice: [t("denied.text", values), why, ...(own === "" ? [] : [own]), ...remedies],
    link,
    mayObject: false,
  };
};

import { requestLink, spoken, type WriteLetter } from "./facts.ts";

export const writeApproved: WriteLetter = (facts, { t }) => {
  const values = { reference: spoken(facts.reference) };
  const link = requestLink(facts);
  return {
    subject: t("approved.subject", values),
    blocks: [{ text: t("approved.text", values) }, { text: t("approved.next") }, { link, label: t("request.link") }],
    notice: [t("approved.notice", values)],
    link,
    mayObject: true,
  };
};

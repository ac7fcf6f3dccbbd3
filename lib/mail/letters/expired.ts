import { requestLink, spoken, type WriteLetter } from "./facts.ts";

export const writeExpired: WriteLetter = (facts, { t }) => {
  const values = { reference: spoken(facts.reference) };
  const link = requestLink(facts);
  return {
    subject: t("expired.subject", values),
    blocks: [{ text: t("expired.text", values) }, { text: t("expired.next") }, { link, label: t("request.link") }],
    notice: [t("expired.notice", values)],
    link,
    mayObject: false,
  };
};

import { requestLink, spoken, type WriteLetter } from "./facts.ts";

/** Nothing was erased; a suspended account is thawed. */
export const writeErasureStopped: WriteLetter = (facts, { t, moment }) => {
  const values = { reference: spoken(facts.reference), at: moment(facts.at) };
  const link = requestLink(facts);
  return {
    subject: t("erasureStopped.subject", values),
    blocks: [{ text: t("erasureStopped.text", values) }, { text: t("erasureStopped.next") }, { link, label: t("request.link") }],
    notice: [t("erasureStopped.notice", values)],
    link,
    mayObject: false,
  };
};

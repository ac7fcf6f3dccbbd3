import { requestLink, spoken, type WriteLetter } from "./facts.ts";

export const writeFrozen: WriteLetter = (facts, { t, moment }) => {
  const values = { reference: spoken(facts.reference), kind: facts.kind, at: moment(facts.at), mail: facts.policy.dpoMail };
  const link = requestLink(facts);
  return {
    subject: t("frozen.subject", values),
    blocks: [{ text: t("frozen.text", values) }, { text: t("frozen.next", values) }, { link, label: t("request.link") }],
    notice: [t("frozen.notice", values)],
    link,
    mayObject: false,
  };
};

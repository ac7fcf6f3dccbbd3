import { deskLink, spoken, type WriteLetter } from "./facts.ts";

export const writeDpoFrozen: WriteLetter = (facts, { t, moment }) => {
  const values = { reference: spoken(facts.reference), kind: facts.kind, at: moment(facts.at) };
  const link = deskLink(facts);
  return {
    subject: t("dpoFrozen.subject", values),
    blocks: [{ text: t("dpoFrozen.text", values) }, { text: t("dpoFrozen.next") }, { link, label: t("desk.link") }],
    notice: [t("dpoFrozen.text", values)],
    link,
    mayObject: false,
  };
};

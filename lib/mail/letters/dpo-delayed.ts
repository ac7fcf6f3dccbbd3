import { deskLink, spoken, type WriteLetter } from "./facts.ts";

/** An erasure under way has not moved for a day. */
export const writeDpoDelayed: WriteLetter = (facts, { t }) => {
  const values = { reference: spoken(facts.reference) };
  const link = deskLink(facts);
  return { subject: t("dpoDelayed.subject", values), blocks: [{ text: t("dpoDelayed.text", values) }, { link, label: t("desk.link") }], notice: [t("dpoDelayed.text", values)], link, mayObject: false };
};

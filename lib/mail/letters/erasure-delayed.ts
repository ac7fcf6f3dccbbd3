import { requestLink, spoken, type WriteLetter } from "./facts.ts";

/** The run has not moved for a day. */
export const writeErasureDelayed: WriteLetter = (facts, { t }) => {
  const values = { reference: spoken(facts.reference), mail: facts.policy.dpoMail };
  const link = requestLink(facts);
  return { subject: t("erasureDelayed.subject", values), blocks: [{ text: t("erasureDelayed.text", values) }, { link, label: t("request.link") }], notice: [t("erasureDelayed.text", values)], link, mayObject: false };
};

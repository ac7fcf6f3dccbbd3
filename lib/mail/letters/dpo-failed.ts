import { deskLink, spoken, type WriteLetter } from "./facts.ts";

export const writeDpoFailed: WriteLetter = (facts, { t, other }) => {
  const values = { reference: spoken(facts.reference), kind: facts.kind, failure: other("failures", facts.failure ?? "unexpected") };
  const link = deskLink(facts);
  return {
    subject: t("dpoFailed.subject", values),
    blocks: [{ text: t("dpoFailed.text", values) }, { text: t("dpoFailed.next", values) }, { link, label: t("desk.link") }],
    notice: [t("dpoFailed.text", values)],
    link,
    mayObject: false,
  };
};

import { deskLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** The first of two operators has agreed. */
export const writeDpoSecond: WriteLetter = (facts, { t, lastDay }) => {
  const values = { reference: spoken(facts.reference), due: lastDay(need(facts.dueAt, "a due date")) };
  const link = deskLink(facts);
  return { subject: t("dpoSecond.subject", values), blocks: [{ text: t("dpoSecond.text", values) }, { link, label: t("desk.link") }], notice: [t("dpoSecond.text", values)], link, mayObject: false };
};

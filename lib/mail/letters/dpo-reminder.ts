import { deskLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

export const writeDpoReminder: WriteLetter = (facts, { t, lastDay }) => {
  const due = need(facts.dueAt, "a due date");
  const values = { reference: spoken(facts.reference), due: lastDay(due), overdue: due <= facts.now ? "yes" : "no" };
  const link = deskLink(facts);
  return {
    subject: t("dpoReminder.subject", values),
    blocks: [{ text: t("dpoReminder.text", values) }, { link, label: t("desk.link") }],
    notice: [t("dpoReminder.text", values)],
    link,
    mayObject: false,
  };
};

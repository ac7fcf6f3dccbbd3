import { deskLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** To the officer: no name and no Matrix ID, only the reference; who it is stands behind the sign-in. */
export const writeDpoNew: WriteLetter = (facts, { t, lastDay, moment }) => {
  const values = { reference: spoken(facts.reference), kind: facts.kind, at: moment(facts.at), due: lastDay(need(facts.dueAt, "a due date")) };
  const link = deskLink(facts);
  return {
    subject: t("dpoNew.subject", values),
    blocks: [{ text: t("dpoNew.text", values) }, { link, label: t("desk.link") }],
    notice: [t("dpoNew.text", values)],
    link,
    mayObject: false,
  };
};

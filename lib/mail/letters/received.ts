import { requestLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** Receipt with the legal date (Art. 12(3)). */
export const writeReceived: WriteLetter = (facts, { t, lastDay, moment }) => {
  const values = { reference: spoken(facts.reference), kind: facts.kind, at: moment(facts.at), due: lastDay(need(facts.dueAt, "a due date")) };
  const link = requestLink(facts);
  return {
    subject: t("received.subject", values),
    blocks: [{ text: t("received.text", values) }, { text: t("received.next", values) }, { link, label: t("request.link") }],
    notice: [t("received.notice", values)],
    link,
    mayObject: true,
  };
};

import { spoken, stopLink, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** 14, 3 and 1 days before. */
export const writeErasureReminder: WriteLetter = (facts, { t, day, moment }) => {
  const { notBefore, recoveryCode } = need(facts.erasure, "an erasure");
  const values = { reference: spoken(facts.reference), on: day(need(notBefore ?? undefined, "a day")), at: moment(need(notBefore ?? undefined, "a day")), code: recoveryCode };
  const link = stopLink(facts);
  return {
    subject: t("erasureReminder.subject", values),
    blocks: [{ text: t("erasureReminder.text", values) }, { text: t("erasureStop.how", values) }, { code: recoveryCode }, { link, label: t("erasureStop.link") }],
    notice: [t("erasureReminder.notice", values), t("erasureStop.notice", values)],
    link,
    mayObject: true,
  };
};

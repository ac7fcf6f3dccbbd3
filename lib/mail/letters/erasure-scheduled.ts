import { spoken, stopLink, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** The answer of Art. 12(3): what was decided, and the day on which it is done. */
export const writeErasureScheduled: WriteLetter = (facts, { t, day, moment }) => {
  const { notBefore, redact, suspend, recoveryCode } = need(facts.erasure, "an erasure");
  const values = { reference: spoken(facts.reference), on: day(need(notBefore ?? undefined, "a day")), at: moment(need(notBefore ?? undefined, "a day")), code: recoveryCode, redact: redact ? "yes" : "no", suspend: suspend ? "yes" : "no" };
  const link = stopLink(facts);
  return {
    subject: t("erasureScheduled.subject", values),
    blocks: [
      { text: t("erasureScheduled.text", values) },
      { text: t("erasureScheduled.what", values) },
      { text: t("erasureStop.how", values) },
      { code: recoveryCode },
      { link, label: t("erasureStop.link") },
    ],
    notice: [t("erasureScheduled.notice", values), t("erasureStop.notice", values)],
    link,
    mayObject: true,
  };
};

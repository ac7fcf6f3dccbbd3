import { requestLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** The last letter that reaches the account itself: from here there is no way back. */
export const writeErasureBegins: WriteLetter = (facts, { t, moment }) => {
  const { recoveryCode } = need(facts.erasure, "an erasure");
  const values = { reference: spoken(facts.reference), at: moment(facts.at), code: recoveryCode, mail: facts.policy.dpoMail };
  const link = requestLink(facts);
  return {
    subject: t("erasureBegins.subject", values),
    blocks: [{ text: t("erasureBegins.text", values) }, { text: t("erasureBegins.keep", values) }, { code: recoveryCode }, { text: t("erasureBegins.next", values) }, { link, label: t("request.link") }],
    notice: [t("erasureBegins.notice", values)],
    link,
    mayObject: true,
  };
};

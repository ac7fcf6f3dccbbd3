import { certificateLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** Goes to the addresses the account had. The certificate is fetched with the recovery code: the account is gone. */
export const writeErasureDone: WriteLetter = (facts, { t, moment }) => {
  const { recoveryCode } = need(facts.erasure, "an erasure");
  const values = { reference: spoken(facts.reference), at: moment(facts.at), code: recoveryCode };
  const link = certificateLink(facts);
  return {
    subject: t("erasureDone.subject", values),
    blocks: [{ text: t("erasureDone.text", values) }, { text: t("erasureDone.certificate", values) }, { code: recoveryCode }, { link, label: t("erasureDone.link") }, { text: t("erasureDone.forget") }],
    notice: [t("erasureDone.text", values)],
    link,
    mayObject: false,
  };
};

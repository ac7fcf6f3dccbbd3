import { requestLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** The code never stands in the subject: a locked phone shows it to whoever looks. */
export const writeCode: WriteLetter = (facts, { t, moment }) => {
  const code = need(facts.code, "a code");
  const values = { reference: spoken(facts.reference), kind: facts.kind, until: moment(code.expiresAt) };
  const link = requestLink(facts);
  return {
    subject: t("code.subject", values),
    blocks: [{ text: t("code.text", values) }, { code: code.text }, { link, label: t("code.link") }, { text: t("code.keep") }],
    notice: [t("code.notice", values)],
    link,
    mayObject: true,
  };
};

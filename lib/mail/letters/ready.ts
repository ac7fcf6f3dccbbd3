import { byMail } from "./form-words.ts";
import { requestLink, spoken, type WriteLetter } from "./facts.ts";
import { need } from "./need.ts";

/** The link leads to the request's page and grants nothing: fetching needs a fresh sign-in. */
export const writeReady: WriteLetter = (facts, words) => {
  const { t, day, size } = words;
  const built = need(facts.package, "a package");
  const values = { reference: spoken(facts.reference), until: day(built.expiresAt), size: size(built.bytes) };
  const link = requestLink(facts);
  return {
    subject: t("ready.subject", values),
    blocks: [{ text: t("ready.text", values) }, { text: byMail(facts, words, "ready", t("ready.next")) }, { link, label: t("ready.link") }],
    notice: [t("ready.notice", values)],
    link,
    mayObject: true,
  };
};

import { byMail } from "./form-words.ts";
import { requestLink, spoken, type WriteLetter } from "./facts.ts";

export const writeDownloaded: WriteLetter = (facts, words) => {
  const { t, moment } = words;
  const values = { reference: spoken(facts.reference), at: moment(facts.at) };
  const link = requestLink(facts);
  return {
    subject: t("downloaded.subject", values),
    blocks: [{ text: byMail(facts, words, "downloaded", t("downloaded.text", values), values) }, { text: t("downloaded.next") }, { link, label: t("request.link") }],
    notice: [t("downloaded.notice", values)],
    link,
    mayObject: true,
  };
};

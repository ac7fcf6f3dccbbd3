import { requestLink, spoken, type WriteLetter } from "./facts.ts";

export const writeDownloaded: WriteLetter = (facts, { t, moment }) => {
  const values = { reference: spoken(facts.reference), at: moment(facts.at) };
  const link = requestLink(facts);
  return {
    subject: t("downloaded.subject", values),
    blocks: [{ text: t("downloaded.text", values) }, { text: t("downloaded.next") }, { link, label: t("request.link") }],
    notice: [t("downloaded.notice", values)],
    link,
    mayObject: true,
  };
};

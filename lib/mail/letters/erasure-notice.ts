import type { LetterFacts } from "./facts.ts";
import { layHtml, layText } from "./layout.ts";
import { wordsFor } from "./words.ts";

/**
 * To the operators of another server (Art. 19): one of our accounts was erased, and they may hold copies. It belongs to no
 * letter row; it names the account, since they must know which.
 */
export function renderErasureNotice(about: { readonly mxid: string; readonly server: string }, policy: LetterFacts["policy"], now: Date, locale: string): { subject: string; text: string; html: string } {
  const words = wordsFor(locale, policy.timeZone, now);
  const { t } = words;
  const facts: LetterFacts = { reference: "", kind: "erasure", displayName: null, policy, notMeKey: "", at: now, now };
  const values = { server: about.server, serverName: policy.serverName, controller: policy.controller.name };
  const draft = {
    subject: t("erasureNotice.subject", values),
    blocks: [{ text: t("erasureNotice.text", values) }, { quote: about.mxid }, { text: t("erasureNotice.ask", values) }, { text: t("erasureNotice.answer", { mail: policy.dpoMail }) }],
    notice: [],
    link: policy.portalUrl,
    mayObject: false,
    why: t("erasureNotice.why", values),
  };
  return { subject: draft.subject, text: layText(draft, facts, words, "officer"), html: layHtml(draft, facts, words, "officer", locale) };
}

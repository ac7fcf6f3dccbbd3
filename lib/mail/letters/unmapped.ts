import type { LetterFacts } from "./facts.ts";
import { layHtml, layText } from "./layout.ts";
import { wordsFor } from "./words.ts";

/**
 * To the data-protection officer: Synapse keeps something nobody has classified. It belongs to no request, so it is no
 * row among the letters. Names of tables and columns only, nothing personal.
 */
export function renderUnmapped(names: readonly string[], policy: LetterFacts["policy"], now: Date, locale: string): { subject: string; text: string; html: string } {
  const words = wordsFor(locale, policy.timeZone, now);
  const { t } = words;
  const facts: LetterFacts = { reference: "", kind: "export", displayName: null, policy, notMeKey: "", at: now, now };
  const link = `${policy.portalUrl}/desk`;
  const values = { count: names.length, serverName: policy.serverName };
  const draft = {
    subject: t("unmapped.subject", values),
    blocks: [{ text: t("unmapped.text", values) }, { quote: names.join("\n") }, { text: t("unmapped.next") }, { link, label: t("unmapped.link") }],
    notice: [],
    link,
    mayObject: false,
    why: t("unmapped.why", values),
  };
  return { subject: draft.subject, text: layText(draft, facts, words, "officer"), html: layHtml(draft, facts, words, "officer", locale) };
}

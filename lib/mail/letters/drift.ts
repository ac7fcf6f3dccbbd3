import type { LetterFacts } from "./facts.ts";
import { layHtml, layText } from "./layout.ts";
import { wordsFor } from "./words.ts";

/** To the data-protection officer: accounts that were erased are back. A count only: the register names nobody. */
export function renderDrift(count: number, policy: LetterFacts["policy"], now: Date, locale: string): { subject: string; text: string; html: string } {
  const words = wordsFor(locale, policy.timeZone, now);
  const { t } = words;
  const facts: LetterFacts = { reference: "", kind: "erasure", displayName: null, policy, notMeKey: "", at: now, now };
  const values = { count, serverName: policy.serverName };
  const draft = {
    subject: t("drift.subject", values),
    blocks: [{ text: t("drift.text", values) }, { text: t("drift.next") }, { code: "npm run portal -- replay-erasures" }],
    notice: [],
    link: `${policy.portalUrl}/desk`,
    mayObject: false,
    why: t("drift.why", values),
  };
  return { subject: draft.subject, text: layText(draft, facts, words, "officer"), html: layHtml(draft, facts, words, "officer", locale) };
}

import type { Policy } from "#lib/config/policy.ts";
import type { RequestKind } from "#lib/db/generated/enums.ts";
import { spoken, type Draft, type LetterFacts } from "./facts.ts";
import { layHtml, layText } from "./layout.ts";
import { wordsFor } from "./words.ts";

interface Written {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}
type Code = { readonly code: string; readonly expiresAt: Date };

/** To the address of an account nobody can sign in to. It belongs to no request yet, so it is no row among the letters. */
export function askLetter(ask: Code & { readonly askId: string; readonly kind: RequestKind }, policy: Policy, now: Date, locale: string): Written {
  return write("ask", ask, `${policy.portalUrl}/ask-without-account/${ask.askId}`, { reference: "", kind: ask.kind }, policy, now, locale);
}

/** The code with which a copy is fetched without a sign-in: a new one each time, to the one address that proved the request. */
export function collectLetter(request: Code & { readonly reference: string }, policy: Policy, now: Date, locale: string): Written {
  return write("collect", request, `${policy.portalUrl}/collect/${request.reference}`, { reference: request.reference, kind: "export" }, policy, now, locale);
}

function write(name: "ask" | "collect", { code, expiresAt }: Code, link: string, about: Pick<LetterFacts, "reference" | "kind">, policy: Policy, now: Date, locale: string): Written {
  const words = wordsFor(locale, policy.timeZone, now);
  const facts: LetterFacts = { ...about, displayName: null, policy, notMeKey: "", at: now, now };
  const values = { kind: about.kind, reference: spoken(about.reference), server: policy.serverName, until: words.moment(expiresAt), mail: policy.dpoMail };
  const say = (key: string) => (name === "ask" ? words.t(`askCode.${key}`, values) : words.t(`collectCode.${key}`, values));
  const draft: Draft = {
    subject: say("subject"),
    blocks: [{ text: say("text") }, { code }, { text: say("until") }, { link, label: say("link") }, { text: say("notYou") }],
    notice: [],
    link,
    mayObject: false,
    why: say("why"),
  };
  return { subject: draft.subject, text: layText(draft, facts, words, "person"), html: layHtml(draft, facts, words, "person", locale) };
}

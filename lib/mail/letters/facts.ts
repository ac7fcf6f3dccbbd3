import type { Policy } from "#lib/config/policy.ts";
import type { RequestVia } from "#lib/db/generated/enums.ts";
import type { Translate } from "#lib/messages/messages.ts";
import type { ReviewMatter } from "#lib/requests/consent-review.ts";

/** What a letter may say. Personal is the greeting only, and the code in the letter that carries it. */
export interface LetterFacts {
  /** Eight characters as stored; shown as 7F3K-29QD. */
  readonly reference: string;
  /** What was asked for: letters that more than one kind of request sends say which. */
  readonly kind: "export" | "erasure" | "consent";
  /** How it reached us; whoever came by the public form cannot sign in. */
  readonly via?: RequestVia;
  /** As the homeserver has it; made inert before it is written. */
  readonly displayName: string | null;
  readonly policy: Pick<Policy, "portalUrl" | "serverName" | "timeZone" | "controller" | "dpoMail" | "authority">;
  /** Key of the "this was not me" link (lib/requests/not-me-key.ts). */
  readonly notMeKey: string;
  /** When the thing told of happened. */
  readonly at: Date;
  /** The moment of writing: "in 7 days" counts from it. */
  readonly now: Date;
  /** The instant the legal period is over: midnight after its last day. */
  readonly dueAt?: Date;
  /** The legal clock stands still since then: `dueAt` is of before, and no letter names it. */
  readonly pausedAt?: Date | null;
  /** `reason` is a key under clock.extension.*, `text` the operator's own words. */
  readonly extension?: { readonly reason: string; readonly text: string };
  /** The question to the person; `doubt` of one about who they are, `pauses`: the clock waits for the answer. */
  /** Told after the period was over. */
  readonly late?: boolean;
  readonly enquiry?: { readonly question: string; readonly doubt: string | null; readonly pauses: boolean };
  readonly code?: { readonly text: string; readonly expiresAt: Date };
  readonly package?: { readonly bytes: number; readonly expiresAt: Date };
  /** `reason` is a code of the catalogue (messages: reasons.*), `text` the operator's own words. */
  readonly denial?: { readonly reason: string; readonly text: string };
  /** Of a request about consent: the operator's own words, and whether a withdrawal was written down with them. */
  readonly reply?: { readonly about: ReviewMatter; readonly text: string; readonly recorded: boolean };
  /** On kinds on approval that were asked for; `kind` has its words under kinds.*, `reason` is the operator's own. */
  readonly rulings?: { readonly granted: readonly LetterRuling[]; readonly refused: readonly LetterRuling[] };
  /** Key under failures.*. */
  readonly failure?: string;
  /** Of an erasure; `recoveryCode` as people read it, 7F3K-29QD. */
  readonly erasure?: { readonly notBefore: Date | null; readonly redact: boolean; readonly suspend: boolean; readonly recoveryCode: string };
  /** Art. 17(3): `reason` is a code of the catalogue (messages: reasons.*), `text` the operator's own words. */
  readonly hold?: { readonly reason: string; readonly text: string };
}

export interface LetterRuling {
  readonly kind: string;
  readonly reason: string;
  /** Key under reasons.*, where a kind was left out. */
  readonly code?: string;
}

/** Words for a letter: sentences by key, dates and sizes as people read them. */
export interface Words {
  readonly t: Translate;
  /** Of another namespace of the catalogue. */
  readonly other: (namespace: string, key: string, values?: Record<string, string>) => string;
  /** "28 November 2026 (in 7 days)" in the controller's zone. */
  readonly day: (date: Date) => string;
  /** The last day of a period by the instant it is over. */
  readonly lastDay: (end: Date) => string;
  /** "21 November 2026 at 14:05 CET". */
  readonly moment: (date: Date) => string;
  readonly size: (bytes: number) => string;
}

export type Block =
  | { readonly text: string }
  | { readonly code: string }
  | { readonly link: string; readonly label: string }
  /** The operator's own words: shown apart, line breaks kept. */
  | { readonly quote: string };

/** A letter before it is laid out. */
export interface Draft {
  readonly subject: string;
  readonly blocks: readonly Block[];
  /** The same for the server notice, a paragraph each: short, but for an account without mail it is the letter. */
  readonly notice: readonly string[];
  /** Where its one link leads. */
  readonly link: string;
  /** With "this was not me", which freezes the request: where there is something to stop. */
  readonly mayObject: boolean;
  /** Why the reader gets it, where it is not about a request. */
  readonly why?: string;
}

/** One letter: pure, from facts to words. */
export type WriteLetter = (facts: LetterFacts, words: Words) => Draft;

/** The request's page; for who cannot sign in the page that says where it stands for a code. A locator only: it grants nothing. */
export const requestLink = (facts: LetterFacts): string => `${facts.policy.portalUrl}/${facts.via === "form" ? "collect" : "requests"}/${facts.reference}`;

export const deskLink = (facts: LetterFacts): string => `${facts.policy.portalUrl}/desk/${facts.reference}`;

/**
 * Behind "#" the key never reaches a server's log or a scanner's GET; the page asks for a click before it
 * posts it, and all it can do is to freeze.
 */
export const notMeLink = (facts: LetterFacts): string => `${facts.policy.portalUrl}/not-me/${facts.reference}#${facts.notMeKey}`;

/** Two pages that ask for the recovery code before they do anything; the links grant nothing. */
export const stopLink = (facts: LetterFacts): string => `${facts.policy.portalUrl}/stop/${facts.reference}`;
export const certificateLink = (facts: LetterFacts): string => `${facts.policy.portalUrl}/certificate/${facts.reference}`;

/** 7F3K29QD → 7F3K-29QD, as people read it aloud. */
export const spoken = (reference: string): string => reference.replace(/^(.{4})(.{4})$/, "$1-$2");

import type { LetterFacts } from "./letters/facts.ts";
import type { LetterName } from "./letters/names.ts";
import type { LetterWithRequest, SendContext } from "./send.ts";

type Read = (ctx: Pick<SendContext, "db">, letter: LetterWithRequest, base: LetterFacts) => Promise<LetterFacts | null> | LetterFacts | null;

/** Letters about the legal clock, each with when it is no longer true. */
const readers: Partial<Readonly<Record<LetterName, Read>>> = {
  extended: (_ctx, { request }, base) => (request.extendedAt ? { ...base, extension: { reason: request.extensionReason ?? "", text: request.extensionText ?? "" } } : null),
  asked: async ({ db }, { requestId }, base) => {
    const enquiry = await db.enquiry.findFirst({ where: { requestId, endedAt: null }, select: { question: true, doubt: true, pauses: true } });
    return enquiry ? { ...base, enquiry } : null;
  },
  "enquiry-ended": stillOpen,
  // Asked again meanwhile: the date it would name is of before.
  "dpo-answered": (_ctx, { request }, base) => (request.closedAt || request.pausedAt ? null : base),
  "dpo-unanswered": (_ctx, { request: { pausedAt } }, base) => (pausedAt ? { ...base, at: pausedAt } : null),
  "dpo-untold": async ({ db }, { requestId, occasion, request }, base) => {
    const told = await db.letter.count({ where: { requestId, name: "extended", state: "sent" } });
    return told > 0 || request.closedAt ? null : { ...base, late: occasion === "late" };
  },
  "dpo-new": (_ctx, { request }, base) => (request.pausedAt ? null : base),
  // What is told of a date there is none of at the moment would be wrong.
  "dpo-reminder": (_ctx, { request }, base) => (request.pausedAt ? null : base),
};

export const isAboutClock = (name: string): boolean => name in readers;

export async function clockFacts(ctx: Pick<SendContext, "db">, letter: LetterWithRequest, base: LetterFacts): Promise<LetterFacts | null> {
  return (await readers[letter.name as LetterName]?.(ctx, letter, base)) ?? null;
}

function stillOpen(_ctx: unknown, { request }: LetterWithRequest, base: LetterFacts): LetterFacts | null {
  return request.closedAt ? null : base;
}

import type { Prisma } from "#lib/db/generated/client.ts";
import type { EnquiryWrite } from "./effect.ts";
import type { RequestFacts } from "./facts.ts";
import { LostRace } from "./transaction.ts";

/**
 * Part of apply.ts, after its conditional update: that holds the request's row, so that questions which do not stop the clock
 * (and change no column) cannot pass each other, or a decision, either. Throws LostRace.
 */
export async function writeEnquiry(tx: Prisma.TransactionClient, { id: requestId, clock }: RequestFacts, write: EnquiryWrite | undefined, now: Date): Promise<void> {
  const known = clock.enquiries.find(({ endedAt }) => endedAt === null)?.id ?? null;
  const open = await tx.enquiry.findFirst({ where: { requestId, endedAt: null }, select: { id: true } });
  if ((open?.id ?? null) !== known) throw new LostRace();
  if (!write) return;
  if ("asks" in write) await tx.enquiry.create({ data: { ...write.asks, requestId, askedAt: now } });
  else await tx.enquiry.update({ where: { id: write.ends }, data: { endedAt: now, ended: write.how, answer: write.answer, answeredAt: write.answer === null ? null : now } });
}

import type { Prisma } from "#lib/db/generated/client.ts";
import type { EnquiryWrite } from "./effect.ts";

/** Part of apply.ts, after its conditional update: `Request.askedAt` lets one question be open, and end once. */
export async function writeEnquiry(tx: Prisma.TransactionClient, requestId: string, write: EnquiryWrite, now: Date): Promise<void> {
  if ("asks" in write) await tx.enquiry.create({ data: { ...write.asks, requestId, askedAt: now } });
  else await tx.enquiry.update({ where: { id: write.ends }, data: { endedAt: now, ended: write.how, answer: write.answer, answeredAt: write.answer === null ? null : now } });
}

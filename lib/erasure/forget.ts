import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { reviewOf } from "#lib/requests/consent-review.ts";
import { erasedPrefix } from "#lib/requests/erased-prefix.ts";
import { inTransaction } from "#lib/requests/transaction.ts";

export type ForgetContext = Pick<WorkerContext, "db" | "now" | "log">;

const dayMs = 86_400_000;
/** Letters wait for a mail server for a week; others who hold copies are told for two (tell-other.ts), and must be told of whom. */
const lettersDays = 7;
const noticesDays = 14;

/**
 * Job `erasure.forget` (Art. 5(1)(e)): once the last letter has gone, what the portal itself still knows of an erased
 * person goes: the memory, the body of the plan, the sessions; their Matrix ID becomes a pseudonym. What
 * accountability needs (request, steps, audit record, certificate) stays for its period and names nobody.
 */
export async function forget(ctx: ForgetContext, { requestId }: { requestId: string }): Promise<void> {
  const forgotten = await inTransaction(ctx.db, async (tx) => {
    const at = ctx.now();
    const request = await tx.request.findUnique({ where: { id: requestId, kind: "erasure", state: "fulfilled" }, select: { personId: true, planId: true, closedAt: true, person: { select: { mxid: true } } } });
    if (!request?.closedAt) return false;
    const since = (at.getTime() - request.closedAt.getTime()) / dayMs;
    const letters = since < lettersDays ? await tx.letter.count({ where: { requestId, state: "queued" } }) : 0;
    const notices = since < noticesDays ? await tx.erasureNotice.count({ where: { requestId, state: "waiting" } }) : 0;
    if (letters + notices > 0) return false;
    const { count } = await tx.erasure.updateMany({ where: { requestId, memory: { not: null } }, data: { memory: null } });
    if (count !== 1) return false;
    await tx.erasurePlan.updateMany({ where: { personId: request.personId }, data: { body: Prisma.DbNull } });
    // Their own words. The questions stay, with the doubt that had to be recorded (Art. 12(6)).
    await tx.enquiry.updateMany({ where: { request: { personId: request.personId } }, data: { answer: null } });
    // What was noted, filed and typed about them, and the address it was proved by.
    const theirs = { request: { personId: request.personId } };
    await tx.note.deleteMany({ where: theirs });
    await tx.attachment.deleteMany({ where: theirs });
    await tx.publicAsk.updateMany({ where: theirs, data: { mxid: `${erasedPrefix}${requestId}`, text: null, address: null, locale: null } });
    await tx.publicAsk.deleteMany({ where: { mxid: request.person.mxid, request: null } });
    await tx.request.updateMany({ where: { personId: request.personId }, data: { evidence: null } });
    for (const { id, ...asked } of await tx.request.findMany({ where: { personId: request.personId, kind: "consent" }, select: { id: true, kind: true, scope: true } })) {
      await tx.request.update({ where: { id }, data: { scope: { ...reviewOf(asked), text: "" }, answerText: null } });
    }
    await tx.session.deleteMany({ where: { personId: request.personId } });
    await tx.person.update({
      where: { id: request.personId },
      data: { mxid: `${erasedPrefix}${requestId}`, accountState: "deactivated", hasMail: false, locale: null, homeserverConsentVersion: null, homeserverConsentAt: null, homeserverConsentReadAt: null, counts: Prisma.DbNull, countsReadAt: null },
    });
    await appendAudit(tx, { at, event: "forgotten", actor: "worker", requestId });
    return true;
  });
  if (forgotten) ctx.log.info("erased_person_forgotten", { request: requestId });
}

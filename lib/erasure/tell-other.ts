import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import type { ErasureNotice } from "#lib/db/generated/client.ts";
import type { NoticeState } from "#lib/db/generated/enums.ts";
import { renderErasureNotice } from "#lib/mail/letters/erasure-notice.ts";
import { MailRefused, MailUnavailable } from "#lib/mail/mailer.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { OtherUnreachable } from "#lib/matrix/teller.ts";
import { defaultLocale } from "#lib/messages/messages.ts";

export type TellContext = Pick<WorkerContext, "db" | "teller" | "mailer" | "policy" | "now" | "log">;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Tried for so long, at longer and longer intervals: two minutes at first, a day at most. */
const triedForMs = 14 * dayMs;

interface Result {
  readonly state: NoticeState;
  readonly failure: string | null;
  readonly afterSeconds?: number | null;
}

/**
 * Job `erasure.tell` (Art. 19, MSC2438): tells one other party, once if it listens. Whoever cannot be reached is tried again
 * for two weeks; the row says until when it waits, and the sweep knocks. The Matrix ID goes in the body only.
 */
export async function tellOther(ctx: TellContext, { noticeId }: { noticeId: string }): Promise<void> {
  const now = ctx.now();
  const notice = await ctx.db.erasureNotice.findUnique({
    where: { id: noticeId, state: "waiting" },
    include: { erasure: { select: { request: { select: { person: { select: { mxid: true } } } }, steps: { where: { name: "tell" }, select: { intendedAt: true } } } } },
  });
  if (!notice || (notice.nextAt && notice.nextAt > now)) return;
  const mxid = notice.erasure.request.person.mxid as Mxid;
  // The person is forgotten by now: there is nobody left to tell of.
  const result = mxid.startsWith("@") ? await attempt(ctx, notice, mxid) : { state: "unreachable", failure: notice.failure } as const;
  const tries = notice.tries + 1;
  const begun = notice.erasure.steps[0]?.intendedAt ?? now;
  const over = result.state === "waiting" && now.getTime() - begun.getTime() >= triedForMs;
  const state = over ? "unreachable" : result.state;
  await ctx.db.$transaction(async (tx) => {
    const { count } = await tx.erasureNotice.updateMany({
      where: { id: noticeId, state: "waiting" },
      data: { state, tries, lastAt: now, failure: result.failure, nextAt: state === "waiting" ? new Date(now.getTime() + pause(tries, result.afterSeconds ?? null)) : null },
    });
    if (count === 1 && state !== "waiting") await appendAudit(tx, { at: now, event: "other_told", actor: "worker", requestId: notice.requestId, data: { target: notice.target, state } });
  });
  ctx.log.info("other_told", { notice: noticeId, target: notice.target, state, tries });
}

async function attempt(ctx: TellContext, notice: ErasureNotice, mxid: Mxid): Promise<Result> {
  if (notice.target === "identity_server") return { state: "unreachable", failure: "unbind_unknown" };
  try {
    const told = await ctx.teller.tell({ kind: notice.target, name: notice.name }, mxid);
    if (told.is !== "by_contact") return { state: told.is, failure: null };
    await ask(ctx, notice, told.mail, mxid);
    return { state: "asked", failure: null };
  } catch (error) {
    if (error instanceof OtherUnreachable) return { state: "waiting", failure: "other_unreachable", afterSeconds: error.afterSeconds };
    if (error instanceof MailUnavailable) return { state: "waiting", failure: "mail_down" };
    // An address that takes no mail for good: the server is reached by nobody.
    if (error instanceof MailRefused) return { state: "unreachable", failure: "mail_refused" };
    throw error;
  }
}

/** The row's id is the Message-ID: a repeat after a crash is known as one. */
async function ask({ mailer, policy, now }: TellContext, notice: ErasureNotice, to: string, mxid: Mxid): Promise<void> {
  const messageId = `<erasure.${notice.id}@${new URL(policy.portalUrl).hostname}>`;
  await mailer.send({ to, messageId, ...renderErasureNotice({ mxid, server: notice.name }, policy, now(), defaultLocale) });
}

function pause(tries: number, afterSeconds: number | null): number {
  return Math.min(dayMs, Math.max((afterSeconds ?? 0) * 1000, 2 ** Math.min(tries, 12) * minuteMs));
}

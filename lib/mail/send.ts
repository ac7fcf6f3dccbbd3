import type { WorkerContext } from "#lib/context.ts";
import type { Letter, Person, Request } from "#lib/db/generated/client.ts";
import { RetryLater } from "#lib/errors.ts";
import { deliver, type Outcome } from "./deliver.ts";
import { isForOfficer } from "./letters/officer.ts";
import type { LetterName } from "./letters/names.ts";

export type SendContext = Pick<WorkerContext, "db" | "homeserver" | "mailer" | "policy" | "secret" | "now" | "log">;
export type LetterWithRequest = Letter & { readonly request: Request & { readonly person: Person } };

/** A letter that nobody takes for so long is given up; the request's page tells the same. */
const giveUpAfterMs = 7 * 24 * 3_600_000;

/** Longer than any server is waited for; the job itself ends sooner. */
const lockMs = 115_000;

/**
 * Sends one letter through its channel, and before it the older ones of the same request that still wait:
 * whoever reads them after an outage reads them in order. Sent once: one worker at a time writes to a
 * reader about a request, and a repeat carries the same Message-ID or transaction id.
 * @throws RetryLater when mail server or homeserver cannot take it now; the row shows why
 */
export async function sendLetter(ctx: SendContext, { letterId }: { letterId: string }): Promise<void> {
  const asked = await ctx.db.letter.findUnique({ where: { id: letterId } });
  if (asked === null) return;
  const toOfficer = isForOfficer(asked.name as LetterName);
  await alone(ctx, `letters ${asked.requestId} ${asked.channel} ${toOfficer}`, async () => {
    const waiting = await ctx.db.letter.findMany({
      where: { requestId: asked.requestId, channel: asked.channel, state: "queued", createdAt: { lte: asked.createdAt } },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      include: { request: { include: { person: true } } },
    });
    for (const letter of waiting.filter(({ name }) => isForOfficer(name as LetterName) === toOfficer)) await sendOne(ctx, letter);
  });
}

/** The lock goes with the connection: a worker that dies holds up nobody. What is done meanwhile is written at once, not with it. */
async function alone(ctx: SendContext, what: string, act: () => Promise<void>): Promise<void> {
  await ctx.db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${what}, 0))`;
      await act();
    },
    { maxWait: 10_000, timeout: lockMs },
  );
}

async function sendOne(ctx: SendContext, letter: LetterWithRequest): Promise<void> {
  await ctx.db.letter.updateMany({ where: { id: letter.id, state: "queued" }, data: { attempts: { increment: 1 } } });
  const outcome = await deliver(ctx, letter);
  const now = ctx.now();
  if (outcome.is === "unavailable") {
    const state = now.getTime() - letter.createdAt.getTime() > giveUpAfterMs ? "failed" : "queued";
    await close(ctx, letter, { state, failure: outcome.failure });
    if (state === "queued") throw new RetryLater(outcome.failure, { afterSeconds: outcome.afterSeconds });
    return;
  }
  await close(ctx, letter, closed(outcome, now));
}

function closed(outcome: Exclude<Outcome, { is: "unavailable" }>, now: Date) {
  if (outcome.is === "sent") return { state: "sent", sentAt: now, failure: null } as const;
  if (outcome.is === "skipped") return { state: "skipped", failure: outcome.failure } as const;
  return { state: "failed", failure: outcome.failure } as const;
}

async function close(ctx: SendContext, letter: Letter, data: { state: Letter["state"]; sentAt?: Date; failure: string | null }): Promise<void> {
  await ctx.db.letter.updateMany({ where: { id: letter.id, state: "queued" }, data });
  ctx.log.info("letter", { letter: letter.id, name: letter.name, channel: letter.channel, state: data.state, failure: data.failure });
}

import type { RequestRun } from "../request-run.ts";
import { done, skipped, type Step, waits } from "../step.ts";

const letter = "erasure-begins";
const atMostMs = 24 * 3_600_000;

/**
 * The final letter goes while there is still an account to send it to. It holds the erasure up for a day at most: a mail
 * server that is away must not keep somebody's data.
 */
export const announce: Step<RequestRun> = {
  name: "announce",
  async act(run) {
    const { db, now } = run.ctx;
    const letters = await db.letter.findMany({ where: { requestId: run.claim.requestId, name: letter }, select: { state: true, createdAt: true } });
    if (letters.length === 0) return skipped("no_letter");
    const by = (state: string) => letters.filter((each) => each.state === state).length;
    const facts = { sent: by("sent"), failed: by("failed"), without: by("skipped"), waiting: by("queued") };
    const since = Math.min(...letters.map(({ createdAt }) => createdAt.getTime()));
    return facts.waiting > 0 && now().getTime() - since < atMostMs ? waits(run, 60, facts) : done(facts);
  },
};

import type { WorkerContext } from "#lib/context.ts";
import { abandonErasure } from "#lib/erasure/end.ts";
import { passing } from "#lib/erasure/failures.ts";
import { DomainError } from "#lib/errors.ts";
import type { OnDead } from "#lib/jobs/boss.ts";
import { apply } from "#lib/requests/apply.ts";

/** What the row must say once a job is given up or has used up its tries; where nothing stands here the sweep asks again. */
export function givenUp(ctx: WorkerContext): OnDead {
  return async (queue, data, failure) => {
    const { requestId } = data;
    // Another worker holds the build and will say how it ended; should it fall silent, the clock begins again.
    if (queue === "export.build" && requestId !== undefined && failure !== "busy") await unlessMovedOn(apply(ctx, requestId, { type: "gave_up", failure }));
    // What time mends the sweep tries again for as long as it takes: an erasure is never left half done in silence.
    if (queue === "erasure.run" && requestId !== undefined && !passing.has(failure)) await unlessMovedOn(abandonErasure(ctx, { requestId, failure }));
    if (queue === "letter.send") await ctx.db.letter.updateMany({ where: { id: data.letterId, state: "queued" }, data: { state: "failed", failure } });
  };
}

/** The job itself may have said so already, or the request has moved on. */
async function unlessMovedOn(said: Promise<unknown>): Promise<void> {
  try {
    await said;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

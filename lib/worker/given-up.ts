import type { WorkerContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import type { OnDead } from "#lib/jobs/boss.ts";
import { apply } from "#lib/requests/apply.ts";

/** What the row must say once a job is given up or has used up its tries; where nothing stands here the sweep asks again. */
export function givenUp(ctx: WorkerContext): OnDead {
  return async (queue, data, failure) => {
    if (queue === "export.build" && data.requestId !== undefined) await failBuild(ctx, data.requestId, failure);
    if (queue === "letter.send") await ctx.db.letter.updateMany({ where: { id: data.letterId, state: "queued" }, data: { state: "failed", failure } });
  };
}

async function failBuild(ctx: WorkerContext, requestId: string, failure: string): Promise<void> {
  // Another worker holds the build and will say how it ended; should it fall silent, the clock begins again.
  if (failure === "busy") return;
  try {
    await apply(ctx, requestId, { type: "gave_up", failure });
  } catch (error) {
    // The build itself may have said so already, or the request has moved on.
    if (!(error instanceof DomainError)) throw error;
  }
}

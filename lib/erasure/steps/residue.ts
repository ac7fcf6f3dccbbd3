import type { Prisma } from "#lib/db/generated/client.ts";
import type { RequestRun } from "../request-run.ts";
import type { StaysCode } from "../redact-stays.ts";
import { count, done, type Facts, type Step, tally } from "../step.ts";

/** What of the person still stands in the homeserver's database and media store. */
export const residue: Step<RequestRun> = {
  name: "residue",
  async act(run) {
    return done(await measure(run));
  },
};

/** Measures and writes it down; how much, for the step. */
export async function measure(run: RequestRun): Promise<Facts> {
  const found = await run.eyes.residue(run.memory(), { redacted: run.options.redact, known: knownToStay(run) });
  await run.write(async (tx) => {
    await tx.erasure.update({ where: { requestId: run.claim.requestId }, data: { residue: found as unknown as Prisma.InputJsonObject } });
  });
  return {
    places: found.entries.length,
    rows: found.entries.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
    unexplained: found.unexplained.length,
  };
}

/** A refusal, by a power level say, is for an operator to see: it counts as unexplained until they have (S11). */
const known: readonly StaysCode[] = ["room_works", "rejected", "left_room", "suspended_old_room"];

function knownToStay(run: RequestRun): number {
  const stays = run.of("redact").stays as Readonly<Record<string, Facts>> | undefined;
  return known.reduce((sum, code) => sum + count(tally(stays?.[code]).events), 0);
}

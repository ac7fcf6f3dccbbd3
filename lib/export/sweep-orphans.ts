import type { WorkerContext } from "#lib/context.ts";
import { storageKeyOf } from "./build.ts";

export type SweepOrphansContext = Pick<WorkerContext, "db" | "storage" | "now" | "log">;

/** Younger bytes may belong to a build that is about to publish them. */
const patienceMs = 3_600_000;

/**
 * Removes what lies in the storage and belongs to nothing: bytes of a worker that was killed, or lost
 * its build, and of packages whose rows are purged. A package on offer and a build under way stay. Returns how many went.
 */
export async function sweepOrphans({ db, storage, now, log }: SweepOrphansContext): Promise<number> {
  const at = now();
  let removed = 0;
  for await (const { storageKey, modifiedAt } of storage.list()) {
    if (at.getTime() - modifiedAt.getTime() < patienceMs) continue;
    const kept = await db.package.findUnique({ where: { storageKey, removedAt: null }, select: { id: true } });
    if (kept || (await isUnderWay(db, storageKey, at))) continue;
    await storage.remove(storageKey);
    removed += 1;
  }
  if (removed > 0) log.info("orphans_removed", { removed });
  return removed;
}

/** A long build writes for more than an hour; its lease says that it lives. Parts beside a file carry its name in front. */
async function isUnderWay(db: SweepOrphansContext["db"], storageKey: string, at: Date): Promise<boolean> {
  const requestId = /^[0-9a-f-]{36}/.exec(storageKey)?.[0];
  const build = requestId ? await db.build.findUnique({ where: { requestId } }) : null;
  return (build?.leaseUntil ?? at) > at && build !== null && storageKey.startsWith(storageKeyOf(build));
}

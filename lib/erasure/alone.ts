import type { PrismaClient } from "#lib/db/generated/client.ts";

const lockMs = 115_000;

/**
 * One at a time on the whole portal: the lock goes with the connection, so a worker that dies holds up nobody. What is
 * done meanwhile is written at once, not with it. null: somebody else is at it.
 */
export async function aloneOnThePortal<T>(db: PrismaClient, act: () => Promise<T>): Promise<T | null> {
  return await db.$transaction(
    async (tx) => {
      const [row] = await tx.$queryRaw<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(hashtextextended('erasure deactivation', 0)) AS mine`;
      return row?.mine ? await act() : null;
    },
    { maxWait: 10_000, timeout: lockMs },
  );
}

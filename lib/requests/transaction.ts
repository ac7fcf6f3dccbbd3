import { Prisma, type PrismaClient } from "#lib/db/generated/client.ts";

/** Somebody else changed the row between our look and our write: look again. */
export class LostRace extends Error {}

const rounds = 8;
/** Under many parallel submits a transaction may wait for its connection and for the audit head. */
const limits = { maxWait: 15_000, timeout: 30_000 };

/**
 * Runs `work` in a transaction, from the start again after a lost race, a deadlock or a serialisation
 * failure. `work` may only write to our database, so repeating it repeats nothing outside.
 */
export async function inTransaction<T>(db: PrismaClient, work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  for (let round = 1; ; round += 1) {
    try {
      return await db.$transaction(work, limits);
    } catch (error) {
      if (round >= rounds || !worthRepeating(error)) throw error;
    }
  }
}

const repeatable: ReadonlySet<unknown> = new Set(["40001", "40P01"]);

function worthRepeating(error: unknown): boolean {
  if (error instanceof LostRace) return true;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return repeatable.has(originalCode(error));
}

/** SQLSTATE as the driver adapter hands it on: Prisma has a code of its own for model queries, none for raw ones. */
function originalCode(error: Prisma.PrismaClientKnownRequestError): unknown {
  const adapterError = error.meta?.["driverAdapterError"] as { cause?: { originalCode?: unknown } } | undefined;
  return adapterError?.cause?.originalCode;
}

/** A unique index on this column refused the row. */
export function isTaken(error: unknown, column: string): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") return false;
  return JSON.stringify(error.meta ?? {}).includes(column);
}

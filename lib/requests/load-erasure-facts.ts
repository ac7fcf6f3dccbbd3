import type { Prisma, Request } from "#lib/db/generated/client.ts";
import type { ErasureOptions } from "./erasure-options.ts";
import type { ErasureFacts } from "./facts.ts";

/** What an erasure's next step depends on. One query after the other, as in load-facts.ts. */
export async function erasureFacts(tx: Prisma.TransactionClient, row: Request): Promise<ErasureFacts> {
  const { risks, agreedById, confirmedAt, notBefore, heldAt } = row;
  const steps = await tx.erasureStep.findMany({ where: { requestId: row.id }, select: { state: true, intendedAt: true, movedAt: true, doneAt: true, wakeAt: true } });
  const heartbeat = await tx.heartbeat.findUnique({ where: { id: 1 }, select: { restUntil: true } });
  // A copy on offer that was never fetched counts too: after the erasure nobody can sign in to fetch it.
  const copies = await tx.request.count({
    where: { personId: row.personId, kind: "export", OR: [{ state: { in: ["review", "running", "failed"] } }, { state: "ready", packages: { some: { downloads: 0, removedAt: null } } }] },
  });
  const moved = steps.map(({ intendedAt, movedAt, doneAt }) => doneAt ?? movedAt ?? intendedAt);
  const waits = steps.flatMap(({ state, wakeAt }) => (state === "intended" && wakeAt ? [wakeAt] : []));
  return {
    options: row.scope as unknown as ErasureOptions,
    risks, agreedById, confirmedAt, notBefore, heldAt,
    restUntil: heartbeat?.restUntil ?? null,
    copyPending: copies > 0,
    progressAt: latest(moved),
    waitsUntil: latest(waits),
  };
}

function latest(moments: readonly Date[]): Date | null {
  return moments.reduce<Date | null>((last, at) => (last === null || at > last ? at : last), null);
}

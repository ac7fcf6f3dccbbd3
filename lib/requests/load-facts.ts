import type { Prisma } from "#lib/db/generated/client.ts";
import { DomainError } from "#lib/errors.ts";
import type { RequestFacts } from "./facts.ts";

/** Throws DomainError("not_found") when the request does not exist (any more). */
export async function loadFacts(tx: Prisma.TransactionClient, requestId: string): Promise<RequestFacts> {
  const row = await tx.request.findUnique({
    where: { id: requestId },
    include: {
      person: { select: { hasMail: true } },
      build: { select: { attempts: true, leaseUntil: true, updatedAt: true } },
      packages: { select: { id: true, removedAt: true, downloads: true } },
    },
  });
  if (!row) throw new DomainError("not_found", "request");
  return {
    ...row,
    hasMail: row.person.hasMail,
    packages: row.packages.filter((each) => !each.removedAt).map((each) => each.id),
    downloads: row.packages.reduce((sum, each) => sum + each.downloads, 0),
  };
}

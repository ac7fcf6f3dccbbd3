import type { Prisma } from "#lib/db/generated/client.ts";
import { DomainError } from "#lib/errors.ts";
import type { ExportScope } from "#lib/kinds/kind.ts";
import { erasureFacts } from "./load-erasure-facts.ts";
import type { RequestFacts } from "./facts.ts";
import { LostRace } from "./transaction.ts";
import { wishesIn } from "./wishes.ts";

/**
 * One query after the other: a transaction has one connection, and an `include` of several relations would
 * use it several times at once. Throws DomainError("not_found") when the request does not exist (any more).
 */
export async function loadFacts(tx: Prisma.TransactionClient, requestId: string): Promise<RequestFacts> {
  const row = await tx.request.findUnique({ where: { id: requestId }, include: { person: { select: { hasMail: true } } } });
  if (!row) throw new DomainError("not_found", "request");
  const build = await tx.build.findUnique({ where: { requestId }, select: { attempts: true, leaseUntil: true, updatedAt: true } });
  const packages = await tx.package.findMany({ where: { requestId }, select: { id: true, removedAt: true, downloads: true } });
  const enquiries = await tx.enquiry.findMany({ where: { requestId }, orderBy: [{ askedAt: "asc" }, { id: "asc" }] });
  // Read one after the other: a question that ended in between is a race that was lost.
  if ((row.askedAt !== null) !== enquiries.some(({ endedAt }) => endedAt === null)) throw new LostRace();
  const told = row.extendedAt ? await tx.letter.count({ where: { requestId, name: "extended", state: "sent" } }) : 0;
  return {
    ...row,
    clock: { extendedAt: row.extendedAt, askedAt: row.askedAt, pausedAt: row.pausedAt, enquiries, extensionTold: told > 0 },
    erasure: row.kind === "erasure" ? await erasureFacts(tx, row) : null,
    wishes: wishesIn(row.scope as unknown as ExportScope),
    // Of who did not sign in nobody has looked: the letter finds no address and says so.
    hasMail: row.person.hasMail || row.via !== "portal",
    build,
    packages: packages.filter((each) => !each.removedAt).map((each) => each.id),
    downloads: packages.reduce((sum, each) => sum + each.downloads, 0),
  };
}

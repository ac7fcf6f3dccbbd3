import type { Actor } from "#lib/context.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import type { RequestKind, RequestState } from "#lib/db/generated/enums.ts";
import { DomainError } from "#lib/errors.ts";
import { parseReference } from "./reference.ts";

interface Asker {
  readonly actor: Actor;
  readonly db: PrismaClient;
}
interface Found {
  readonly id: string;
  readonly reference: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly frozenAt: Date | null;
  /** `ExportScope` in lib/kinds/kind.ts. */
  readonly scope: unknown;
  readonly risks: readonly string[];
  readonly agreedById: string | null;
}

/** A request of the person's own. Somebody else's and one that never was look the same: DomainError("not_found"). */
export async function findMine({ actor, db }: Asker, reference: unknown): Promise<Found> {
  const known = parseReference(reference);
  const row = known ? await db.request.findUnique({ where: { reference: known, personId: actor.personId } }) : null;
  if (!row) throw new DomainError("not_found", "request");
  return row;
}

/** A case an operator may decide: not_found for everybody else, forbidden own_case for their own. */
export async function findCase({ actor, db }: Asker, reference: unknown): Promise<Found> {
  const known = actor.operator ? parseReference(reference) : null;
  const row = known ? await db.request.findUnique({ where: { reference: known } }) : null;
  if (!row) throw new DomainError("not_found", "request");
  if (row.personId === actor.personId) throw new DomainError("forbidden", "own_case");
  return row;
}

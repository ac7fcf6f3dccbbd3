import type { Actor } from "#lib/context.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import type { RequestKind, RequestState } from "#lib/db/generated/enums.ts";
import { DomainError } from "#lib/errors.ts";
import { parseReference } from "./reference.ts";

interface Asker {
  readonly actor: Actor;
  readonly db: PrismaClient;
}
/** Keys under errors.*. */
export type Barred = "own_case" | "role_looks" | "role_second";
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

/**
 * A case an operator may decide: not_found for people without a role on the desk, forbidden own_case for one's own, role_looks
 * for auditors, role_second for who may only agree as the second of two and is not.
 */
export async function findCase({ actor, db }: Asker, reference: unknown, asSecond = false): Promise<Found> {
  const known = actor.role === null ? null : parseReference(reference);
  const row = known ? await db.request.findUnique({ where: { reference: known } }) : null;
  if (!row) throw new DomainError("not_found", "request");
  const barred = barredFrom(actor, row, asSecond);
  if (barred) throw new DomainError("forbidden", barred);
  return row;
}

/** Why somebody of the desk may not decide a case; null: they may. The page says the same before the button. */
export function barredFrom(actor: Pick<Actor, "role" | "personId">, row: Pick<Found, "risks" | "agreedById"> & { readonly personId: string }, asSecond: boolean): Barred | null {
  if (row.personId === actor.personId) return "own_case";
  if (actor.role === "operator") return null;
  if (actor.role !== "second") return "role_looks";
  return asSecond && row.risks.length > 0 && row.agreedById !== null && row.agreedById !== actor.personId ? null : "role_second";
}

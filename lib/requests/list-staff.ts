import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";

export interface Staff {
  readonly personId: string;
  readonly mxid: string;
}

/**
 * Who work can be given to: people who decide or second, and who have been here. Auditors do no work.
 * Throws "not_found" for people without a role on the desk.
 */
export async function listStaff({ db, actor, policy }: WebContext): Promise<readonly Staff[]> {
  if (actor.role === null) throw new DomainError("not_found", "request");
  const { operators, secondOperators, synapseAdmins } = policy;
  const admins = synapseAdmins === "operator" ? [{ admin: true }] : [];
  const rows = await db.person.findMany({ where: { OR: [{ mxid: { in: [...operators, ...secondOperators] } }, ...admins] }, orderBy: { mxid: "asc" }, select: { id: true, mxid: true } });
  return rows.map(({ id, mxid }) => ({ personId: id, mxid }));
}

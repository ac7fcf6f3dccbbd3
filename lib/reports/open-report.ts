import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";

/** The paper of a month (YYYY-MM). Throws DomainError "not_found" where there is none, and for people without a role on the desk. */
export async function openReport({ db, actor }: Pick<WebContext, "db" | "actor">, month: string): Promise<{ readonly pdf: Uint8Array<ArrayBuffer> }> {
  const report = actor.role === null ? null : await db.report.findUnique({ where: { month }, select: { pdf: true } });
  if (!report) throw new DomainError("not_found", "not_found");
  return report;
}

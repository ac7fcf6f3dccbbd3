import type { AuditEvent, AuditRole } from "#lib/audit/events.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";

/** `actor` is a role, never a name: operators are "the privacy team" to the person. */
export interface TimelineEntry {
  readonly at: Date;
  readonly event: AuditEvent;
  readonly actor: "subject" | "operator" | "worker";
}

const roles: Readonly<Record<AuditRole, TimelineEntry["actor"]>> = {
  subject: "subject",
  operator: "operator",
  worker: "worker",
  clock: "worker",
  cli: "operator",
};

/** Looks of the privacy team are a list of their own (views-of-me.ts), and would drown what happened. */
const elsewhere: readonly AuditEvent[] = ["looked"];

/** Told by the audit record, oldest first, so that the page and the proof cannot differ. */
export async function timelineOf(db: PrismaClient, requestId: string): Promise<TimelineEntry[]> {
  const records = await db.auditRecord.findMany({
    where: { requestId, event: { notIn: [...elsewhere] } },
    select: { at: true, event: true, actor: true },
    orderBy: { seq: "asc" },
  });
  return records.map(({ at, event, actor }) => ({ at, event: event as AuditEvent, actor: roles[actor as AuditRole] }));
}

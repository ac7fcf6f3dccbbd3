import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { keyed } from "#lib/requests/keys.ts";
import { findMine } from "#lib/requests/find.ts";
import { viewMyRequest, type RequestView } from "#lib/requests/views.ts";
import { remindGraceDays } from "#lib/requests/timing.ts";
import type { AuditEvent } from "#lib/audit/events.ts";
import type { CalendarEntry } from "#lib/requests/calendar.ts";

/** What may move the date or take it away: each raises the SEQUENCE. */
const moves: ReadonlySet<AuditEvent> = new Set(["approved", "held", "unheld", "frozen", "released", "withdrawn", "denied", "grace_ended"]);

export type CalendarFacts = Pick<CalendarEntry, "uid" | "sequence" | "status" | "writtenAt" | "alarmDays"> & { readonly at: Date };

/** The date of an erasure for the person's calendar; withdrawn, it takes the entry out again. Throws DomainError "not_found" where there was never a date. */
export async function viewCalendar(ctx: WebContext, reference: string): Promise<CalendarFacts> {
  const { id } = await findMine(ctx, reference);
  const request = await viewMyRequest(ctx, reference);
  const at = request.erasure?.notBefore;
  if (!at) throw new DomainError("not_found", "request");
  return {
    uid: keyed(ctx.secret, "calendar", id).toString("hex").slice(0, 32),
    sequence: request.timeline.filter(({ event }) => moves.has(event)).length,
    status: statusOf(request),
    writtenAt: ctx.now(),
    at,
    alarmDays: remindGraceDays,
  };
}

function statusOf({ state, frozen, erasure }: Pick<RequestView, "state" | "frozen" | "erasure">): CalendarEntry["status"] {
  if (state === "withdrawn" || state === "denied" || state === "expired") return "CANCELLED";
  return frozen || erasure?.hold ? "TENTATIVE" : "CONFIRMED";
}

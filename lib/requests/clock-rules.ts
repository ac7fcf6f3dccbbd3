import type { EventType, RequestEvent } from "./events.ts";
import type { ClockFacts } from "./facts.ts";

/** Keys under errors.*. */
export type ExtensionBarred = "already_extended" | "clock_stopped" | "extension_late";
export type EnquiryBarred = "enquiry_open" | "no_enquiry" | "doubt_required";

/** Art. 12(3): once, and inside the first period, whose last instant still counts. Why not; null: it can be. */
export function extensionBarred({ extendedAt, pausedAt, dueAt }: { readonly extendedAt: Date | null; readonly pausedAt: Date | null; readonly dueAt: Date }, now: Date): ExtensionBarred | null {
  if (extendedAt) return "already_extended";
  // While it stands still there is no period to extend; whether it is over shows when the clock runs again.
  if (pausedAt) return "clock_stopped";
  return now < dueAt ? null : "extension_late";
}

/** One question at a time; nothing is decided for the person while they are asked. Why not; null: nothing is in the way. */
export function enquiryBarred({ askedAt }: Pick<ClockFacts, "askedAt">, event: RequestEvent): EnquiryBarred | null {
  const open = askedAt !== null;
  if (event.type === "answered" || event.type === "enquiry_ended") return open ? null : "no_enquiry";
  if (event.type === "asked" && event.about === "identity" && !event.doubt) return "doubt_required";
  return open && waitsForAnswer.has(event.type) ? "enquiry_open" : null;
}

const waitsForAnswer: ReadonlySet<EventType> = new Set(["asked", "agreed", "approved", "replied", "handed_out", "retried"]);

import type { EventType } from "./events.ts";
import type { ClockFacts, ErasureFacts, RequestFacts } from "./facts.ts";

/** Why a step must wait for another, whatever the state: keys under errors.*. */
export type Bar = "frozen" | "already_frozen" | "not_frozen" | "held" | "already_held" | "not_held" | "enquiry_open" | "no_enquiry";
/** Since when each of the three stands; null: it does not. */
export type Standing = Pick<RequestFacts, "frozenAt"> & Pick<ErasureFacts, "heldAt"> & Pick<ClockFacts, "askedAt">;

/** "This was not me" stops every step towards handing something out or destroying it; closing stays possible. */
const stoppedByFreeze: ReadonlySet<EventType> = new Set(["confirmed", "agreed", "approved", "replied", "handed_out", "retried", "downloaded"]);
const stoppedByHold: ReadonlySet<EventType> = new Set(["agreed", "approved", "retried"]);
/** One question at a time; nothing is decided for the person while they are asked. */
const stoppedByEnquiry: ReadonlySet<EventType> = new Set(["asked", "agreed", "approved", "replied", "handed_out", "retried"]);

/** The first thing in the way of an event; null: nothing is. */
export function barOf({ frozenAt, heldAt, askedAt }: Standing, event: EventType): Bar | null {
  if (event === "frozen") return frozenAt ? "already_frozen" : null;
  if (event === "released") return frozenAt ? null : "not_frozen";
  if (event === "held") return heldAt ? "already_held" : null;
  if (event === "unheld") return heldAt ? null : "not_held";
  if (event === "answered" || event === "enquiry_ended") return askedAt ? null : "no_enquiry";
  if (frozenAt && stoppedByFreeze.has(event)) return "frozen";
  if (heldAt && stoppedByHold.has(event)) return "held";
  return askedAt && stoppedByEnquiry.has(event) ? "enquiry_open" : null;
}

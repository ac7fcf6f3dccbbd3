import type { WebContext } from "#lib/context.ts";
import type { Request } from "#lib/db/generated/client.ts";
import type { EnquiryAbout } from "#lib/db/generated/enums.ts";
import { dueOf } from "./deadline.ts";
import { stopAt, type StopKind } from "./jurisdictions.ts";
import { historyOf, viewEnquiry, type EnquiryView } from "./enquiry.ts";
import { explainDue, type Explanation } from "./explain-due.ts";

/** What pages show of the legal clock besides the date itself: the same for the person and for the desk. */
export interface ClockView {
  /** How the date came about, or why there is none at the moment. */
  readonly explanation: Explanation;
  /** Questions to the person, oldest first; at most the last is open. */
  readonly enquiries: readonly EnquiryView[];
  readonly enquiry: EnquiryView | null;
  /** `reason` is a key under clock.extension.*, `text` the operator's words. */
  readonly extension: { readonly at: Date; readonly reason: string; readonly text: string } | null;
}

/** What the desk reads before it acts on the clock. */
export interface ClockForecast {
  /** When the answer would be due if two months more were taken now; null while the clock stands still. */
  readonly extendedTo: Date | null;
  /** What a question would do to the clock. */
  readonly stops: Readonly<Record<EnquiryAbout, StopKind | null>>;
  /** The day (YYYY-MM-DD) the answer would be due if the open question ended now; null where none stops the clock. */
  readonly endedTo: Readonly<Record<"satisfied" | "dropped", string>> | null;
}

type Columns = Pick<Request, "id" | "receivedAt" | "dueOn" | "extendedAt" | "extensionReason" | "extensionText">;

export async function viewClock({ db, policy }: Pick<WebContext, "db" | "policy">, request: Columns): Promise<ClockView> {
  const enquiries = await db.enquiry.findMany({ where: { requestId: request.id }, orderBy: [{ askedAt: "asc" }, { id: "asc" }] });
  const { extendedAt, extensionReason, extensionText, dueOn } = request;
  return {
    explanation: explainDue(historyOf(request, enquiries), dueOn.toISOString().slice(0, 10), policy),
    enquiries: enquiries.map(viewEnquiry),
    enquiry: enquiries.filter(({ endedAt }) => endedAt === null).map(viewEnquiry).at(-1) ?? null,
    extension: extendedAt ? { at: extendedAt, reason: extensionReason ?? "", text: extensionText ?? "" } : null,
  };
}

export function forecastClock({ policy, now }: Pick<WebContext, "policy" | "now">, request: Pick<Request, "receivedAt" | "extendedAt" | "dueAt" | "pausedAt">, enquiries: readonly EnquiryView[]): ClockForecast {
  const at = now();
  const ended = (how: "satisfied" | "dropped") =>
    dueOf(historyOf(request, enquiries.map((each) => (each.endedAt ? each : { ...each, endedAt: at, ended: how }))), policy)?.due ?? "";
  return {
    extendedTo: dueOf({ ...historyOf(request, enquiries), extended: true }, policy)?.dueAt ?? null,
    stops: { identity: stopAt(policy, "identity", request.dueAt, at), clarification: stopAt(policy, "clarification", request.dueAt, at) },
    endedTo: request.pausedAt ? { satisfied: ended("satisfied"), dropped: ended("dropped") } : null,
  };
}

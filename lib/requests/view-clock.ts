import type { WebContext } from "#lib/context.ts";
import type { Request } from "#lib/db/generated/client.ts";
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

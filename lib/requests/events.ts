import type { AuditData } from "#lib/audit/events.ts";
import type { EnquiryAbout } from "#lib/db/generated/enums.ts";
import type { Rulings } from "./wishes.ts";

/**
 * What can happen to a request. `by` is the acting person's id (`Person.id`); events without it come
 * from the worker, the clock, or a link that needs no sign-in.
 */
export type RequestEvent =
  | { readonly type: "confirmed"; readonly by: string }
  /** `by` null: stopped with the recovery code, without signing in. */
  | { readonly type: "withdrawn"; readonly by: string | null }
  /** The first of two operators (risks.ts); the second one approves. */
  | { readonly type: "agreed"; readonly by: string }
  /** `rulings` on every wish of the request (wishes.ts); none where there is none. `preview`: the package is looked at before it is handed out. */
  | { readonly type: "approved"; readonly by: string; readonly rulings: Rulings; readonly preview: boolean }
  | { readonly type: "denied"; readonly by: string; readonly reason: string; readonly text: string }
  /** Of a request about consent: the operator's answer, in words for the person. */
  | { readonly type: "replied"; readonly by: string; readonly text: string }
  | { readonly type: "retried"; readonly by: string }
  /** Art. 17(3): `reason` is a code of hold-reasons.ts, `text` the operator's words for the person. */
  | { readonly type: "held"; readonly by: string; readonly reason: string; readonly text: string }
  | { readonly type: "unheld"; readonly by: string }
  /** Everything is gone, read back, and certified; `data` goes into the audit record (counts only). */
  | { readonly type: "erased"; readonly data?: AuditData }
  | { readonly type: "released"; readonly by: string; readonly reason: string }
  /** `expiresAt` is the package's; `data` goes into the audit record (counts only). */
  | { readonly type: "built"; readonly expiresAt: Date; readonly data?: AuditData }
  /** The operator has seen the package; `expiresAt` is its new one. */
  | { readonly type: "handed_out"; readonly by: string; readonly expiresAt: Date }
  /** `failure` is a key under failures.*. */
  | { readonly type: "gave_up"; readonly failure: string }
  /** The bytes of the package on offer do not open any more; an operator's retry builds it again. */
  | { readonly type: "package_lost"; readonly failure: string }
  /** `occasion` tells two downloads apart: the same one (a resumed download) writes no second letter. */
  | { readonly type: "downloaded"; readonly by: string; readonly occasion: string }
  /** Art. 12(3): `reason` is a code of extension-reasons.ts, `text` the operator's words for the person. */
  | { readonly type: "extended"; readonly by: string; readonly reason: string; readonly text: string }
  /** `doubt`: why a doubt about who asks is reasonable (Art. 12(6)); without one nobody is asked who they are. */
  | { readonly type: "asked"; readonly by: string; readonly about: EnquiryAbout; readonly question: string; readonly doubt: string | null }
  | { readonly type: "answered"; readonly by: string; readonly answer: string }
  /** An operator has what was asked for by another way, or goes on without it. */
  | { readonly type: "enquiry_ended"; readonly by: string; readonly how: "satisfied" | "dropped" }
  | { readonly type: "frozen" }
  | { readonly type: "clock" };

export type EventType = RequestEvent["type"];

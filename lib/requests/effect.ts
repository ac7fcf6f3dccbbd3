import type { AuditData, AuditEvent, AuditRole } from "#lib/audit/events.ts";
import type { Enquiry } from "#lib/db/generated/client.ts";
import type { EnquiryEnd, RequestKind } from "#lib/db/generated/enums.ts";
import type { Job } from "#lib/jobs/queues.ts";
import type { RequestEvent } from "./events.ts";
import type { LetterOrder } from "./letter-orders.ts";
import type { Ruling } from "./wishes.ts";

/** Columns of `Request` that an event sets besides the state. */
export interface Columns {
  readonly confirmedAt?: Date;
  readonly decidedAt?: Date;
  readonly decidedById?: string;
  readonly granted?: Ruling[];
  readonly refused?: Ruling[];
  readonly previewFirst?: boolean;
  readonly denialReason?: string;
  readonly denialText?: string;
  readonly answerText?: string;
  readonly failure?: string | null;
  readonly frozenAt?: Date | null;
  readonly closedAt?: Date;
  readonly openKey?: null;
  readonly agreedAt?: Date;
  readonly agreedById?: string;
  readonly notBefore?: Date;
  readonly heldAt?: Date | null;
  readonly heldById?: string | null;
  readonly holdReason?: string | null;
  readonly holdText?: string | null;
  readonly extendedAt?: Date;
  readonly extendedById?: string;
  readonly extensionReason?: string;
  readonly extensionText?: string;
  readonly askedAt?: Date | null;
  readonly pausedAt?: Date | null;
  readonly dueOn?: Date;
  readonly dueAt?: Date;
}

/** The row of a question to the person that an event writes, or ends. */
export type EnquiryWrite =
  | { readonly asks: Pick<Enquiry, "about" | "pauses" | "restarts" | "question" | "doubt" | "askedById"> }
  | { readonly ends: string; readonly how: EnquiryEnd; readonly answer: string | null };

export interface AuditOrder {
  readonly event: AuditEvent;
  readonly actor: AuditRole;
  readonly actorId: string | null;
  readonly data: AuditData;
}

/** `audit` is empty only where the clock looked and nothing changed. */
export interface Effects {
  readonly set: Columns;
  readonly audit: readonly AuditOrder[];
  readonly letters: readonly LetterOrder[];
  readonly jobs: readonly Job[];
  readonly enquiry?: EnquiryWrite;
}

/** What one event does by itself. `replacedBy`: it turns out to be another event. */
export type Own = Partial<Effects> & { readonly replacedBy?: RequestEvent };

export function record(event: AuditEvent, actor: AuditRole, actorId: string | null, data: AuditData = {}): AuditOrder {
  return { event, actor, actorId, data };
}

/** The work that `running` stands for. */
export function begin(kind: RequestKind, requestId: string): Job {
  return { queue: kind === "erasure" ? "erasure.run" : "export.build", data: { requestId } };
}

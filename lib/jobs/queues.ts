import { z } from "zod";

/**
 * Names of work. A payload carries ids only: the row is the truth, the job a nudge.
 * Retry: how often pg-boss tries again before the dead letter; the row's own state decides the rest.
 * Parallel: jobs of the queue one worker process takes at a time.
 */
const id = z.uuid();

export const queues = {
  /** After sign-in: read the account's state and the preview of counts. */
  "account.read": { payload: z.object({ sessionId: id }), retryLimit: 5, seconds: 120, parallel: 3 },
  /** Send a confirmation code through the second channels. */
  "code.send": { payload: z.object({ codeId: id }), retryLimit: 5, seconds: 60, parallel: 3 },
  /** Count what a request would hold, for the operator. */
  "request.count": { payload: z.object({ requestId: id }), retryLimit: 5, seconds: 600, parallel: 1 },
  "export.build": { payload: z.object({ requestId: id }), retryLimit: 24, seconds: 6 * 3600, parallel: 2 },
  /** Before asking for erasure: what it would do, in numbers. */
  "erasure.plan": { payload: z.object({ planId: id }), retryLimit: 5, seconds: 600, parallel: 1 },
  /** Suspend or thaw the account, as the request wants it now. */
  "erasure.suspension": { payload: z.object({ requestId: id }), retryLimit: 100, seconds: 60, parallel: 1 },
  /** At ten minutes a try this outlasts a homeserver that is away for three days; the row then asks an operator. One at a time. */
  "erasure.run": { payload: z.object({ requestId: id }), retryLimit: 450, seconds: 3600, parallel: 1 },
  "erasure.tell": { payload: z.object({ noticeId: id }), retryLimit: 0, seconds: 60, parallel: 2 },
  /** The portal's own records of somebody whose erasure is done. */
  "erasure.forget": { payload: z.object({ requestId: id }), retryLimit: 10, seconds: 60, parallel: 1 },
  /** The receipt of a consent as paper. */
  "consent.receipt": { payload: z.object({ consentId: id }), retryLimit: 10, seconds: 120, parallel: 1 },
  /** Tell the homeserver what somebody agreed to or took back. At ten minutes a try this outlasts a homeserver that is away for three days. */
  "consent.record": { payload: z.object({ consentId: id }), retryLimit: 450, seconds: 60, parallel: 3 },
  /** Every night: what the homeserver knows of consents, against the ledger. */
  "consent.compare": { payload: z.object({}), retryLimit: 5, seconds: 1800, parallel: 1, cron: "41 2 * * *" },
  /** A new version of a text: a notice to every local account, a page of them at a time. */
  "policy.tell": { payload: z.object({ publicationId: id }), retryLimit: 450, seconds: 3600, parallel: 1 },
  /** Public form: whether a code can go to an address the homeserver knows. At ten minutes a try this outlasts a day. */
  "ask.prove": { payload: z.object({ askId: id }), retryLimit: 140, seconds: 60, parallel: 3 },
  "package.remove": { payload: z.object({ packageId: id }), retryLimit: 10, seconds: 300, parallel: 1 },
  /** At ten minutes a try at most this outlasts a mail server that is away for a weekend. */
  "letter.send": { payload: z.object({ letterId: id }), retryLimit: 500, seconds: 120, parallel: 3 },
  /** Every minute: rows whose time has come, lost nudges, what was kept long enough. */
  "sweep": { payload: z.object({}), retryLimit: 0, seconds: 300, parallel: 1, cron: "* * * * *" },
  /** Every ten minutes: whether Synapse keeps something nobody has classified. */
  "synapse.watch": { payload: z.object({}), retryLimit: 0, seconds: 120, parallel: 1, cron: "*/10 * * * *" },
  /** Every night: erased accounts that are back. */
  "erasure.drift": { payload: z.object({}), retryLimit: 0, seconds: 1800, parallel: 1, cron: "23 3 * * *" },
  /** Every night: the head of the audit chain into a file outside the database. */
  "audit.anchor": { payload: z.object({}), retryLimit: 0, seconds: 60, parallel: 1, cron: "5 0 * * *" },
  /** On the first days of a month: the last one as paper, once. */
  "report.month": { payload: z.object({}), retryLimit: 0, seconds: 600, parallel: 1, cron: "30 4 1-3 * *" },
  /** Every hour: bytes in the storage that belong to nothing. */
  "storage.sweep": { payload: z.object({}), retryLimit: 0, seconds: 1800, parallel: 1, cron: "17 * * * *" },
} as const satisfies Record<string, { payload: z.ZodType; retryLimit: number; seconds: number; parallel: number; cron?: string }>;

export type QueueName = keyof typeof queues;
export type Payload<Q extends QueueName> = z.infer<(typeof queues)[Q]["payload"]>;

/** A job as `decide` returns it. `afterSeconds` delays it; due dates live in rows, never here. */
export type Job = { [Q in QueueName]: { readonly queue: Q; readonly data: Payload<Q>; readonly afterSeconds?: number } }[QueueName];

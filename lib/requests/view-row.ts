import type { Request } from "#lib/db/generated/client.ts";
import type { RequestKind, RequestState } from "#lib/db/generated/enums.ts";
import { whoseMove, type Mover } from "./states.ts";

/** A line of a list. Days are YYYY-MM-DD in the controller's zone. */
export interface RequestRow {
  readonly reference: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  readonly frozen: boolean;
  readonly whoseMove: Mover;
  readonly receivedAt: Date;
  readonly dueOn: string;
  /** The legal clock stands still since then: `dueOn` is of before, and no date to show. */
  readonly pausedAt: Date | null;
  /** A question to the person is open. */
  readonly asked: boolean;
  readonly closedAt: Date | null;
  /** When an unconfirmed request runs out, or a package. */
  readonly expiresAt: Date | null;
  /** In grace: when the erasure begins. */
  readonly notBefore: Date | null;
  readonly held: boolean;
}

type Columns = Pick<Request, "reference" | "kind" | "state" | "frozenAt" | "receivedAt" | "dueOn" | "closedAt" | "wakeAt" | "notBefore" | "pausedAt" | "askedAt" | "heldAt">;

export function viewRow(request: Columns): RequestRow {
  const { reference, kind, state, receivedAt, dueOn, closedAt, wakeAt } = request;
  const frozen = request.frozenAt !== null;
  const asked = request.askedAt !== null && !closedAt;
  return {
    reference,
    kind,
    state,
    frozen,
    whoseMove: asked && !frozen ? "person" : whoseMove(state, frozen),
    receivedAt,
    dueOn: dueOn.toISOString().slice(0, 10),
    pausedAt: closedAt ? null : request.pausedAt,
    asked,
    closedAt,
    notBefore: state === "grace" ? request.notBefore : null,
    held: request.heldAt !== null,
    expiresAt: state === "unconfirmed" || state === "ready" ? wakeAt : null,
  };
}

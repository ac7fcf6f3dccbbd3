import type { Request } from "#lib/db/generated/client.ts";
import { grouped } from "./crockford.ts";
import type { ErasureOptions } from "./erasure-options.ts";

/** What pages show of an erasure besides its plan and its steps (lib/erasure has those). */
export interface ErasureView {
  readonly options: ErasureOptions;
  readonly planId: string | null;
  /** Codes of risks.ts: why two operators must agree. */
  readonly risks: readonly string[];
  /** Nothing irreversible before; null until it is approved. */
  readonly notBefore: Date | null;
  /** `reason` is a key under reasons.*, `text` the operator's words. */
  readonly hold: { readonly at: Date; readonly reason: string; readonly text: string } | null;
  /** 7F3K-29QD, for the person alone: to print. null for the desk, and before the request is confirmed. */
  readonly recoveryCode: string | null;
}

type Columns = Pick<Request, "kind" | "scope" | "planId" | "risks" | "notBefore" | "heldAt" | "holdReason" | "holdText" | "confirmedAt">;

export function viewErasure(row: Columns, recovery: string | null): ErasureView | null {
  if (row.kind !== "erasure") return null;
  const { planId, risks, notBefore, heldAt, holdReason, holdText, confirmedAt } = row;
  return {
    options: row.scope as unknown as ErasureOptions,
    planId, risks, notBefore,
    hold: heldAt ? { at: heldAt, reason: holdReason ?? "", text: holdText ?? "" } : null,
    recoveryCode: recovery && confirmedAt ? grouped(recovery) : null,
  };
}

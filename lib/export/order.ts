import type { WorkerContext } from "#lib/context.ts";
import type { ExportScope, Kind, KindId, PortalRecord } from "#lib/kinds/kind.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";

/** A kind on approval that this package may hold, who said so and why: goes into the manifest as it stands. */
export interface Approval {
  readonly kind: KindId;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly reason: string;
  /** On the desk, or on the operator's command line (a request by letter). */
  readonly by: "data protection officer" | "operator";
}

/** What a package is made from and for. */
export interface PackageOrder {
  readonly subject: Mxid;
  /** As the homeserver gives it now, for the cover; null when there is none. */
  readonly displayName: string | null;
  /** Null for a request that came by letter and carries none. */
  readonly reference: string | null;
  /** What was asked for, without what was not approved. */
  readonly scope: ExportScope;
  readonly approvals: readonly Approval[];
  /** Kinds on approval that were asked for and are not approved. */
  readonly refused: readonly KindId[];
  readonly kinds: readonly Kind[];
  /** What the portal itself holds about the subject. */
  readonly portal: readonly PortalRecord[];
  /** Consent receipts, oldest first: the document as it was written, and its paper where it is printed. */
  readonly receipts: readonly { readonly id: string; readonly document: unknown; readonly pdf: Uint8Array | null }[];
  /** "Synapse 1.163.2" */
  readonly homeserverVersion: string;
  readonly locale: string;
}

export type WritePorts = Pick<WorkerContext, "synapseDb" | "homeserver" | "spool" | "renderPdf" | "sign" | "policy" | "now">;

/** Moments of a build; a test kills the worker at each of them. */
export type BuildStep =
  | "claimed" | "sealing" | "counted" | `lines:${KindId}` | `table:${KindId}` | `view:${KindId}` | "media" | "summary" | "written" | "sealed" | "checking" | "publishing" | "published";

/** What is under way: a kind is read, or the finished package is looked at by the leak gate (then in bytes). */
export type Stage = KindId | "checking";

/** Who looks on while a package is written. */
export interface Observer {
  /** Aborted when the work must stop; its reason is what the writer throws. */
  readonly signal: AbortSignal;
  /** `done` of `total` records and files. Called often: must be cheap. */
  progress(stage: Stage, done: number, total: number): void;
  step(step: BuildStep): void | Promise<void>;
}

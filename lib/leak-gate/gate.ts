import type { FileHandle } from "node:fs/promises";
import type { Sealed } from "#lib/storage/storage.ts";
import type { GateVerdict } from "./verdict.ts";

/** There is no verdict: the gate crashed, fell silent or said something else. The package is not released. */
export class GateFailed extends Error {
  constructor(why: string, options: { cause?: unknown } = {}) {
    super(`the leak gate gave no verdict: ${why}`, options);
    this.name = "GateFailed";
  }
}

/** What the package is held against: from the request's row, never from the package. */
export interface GateFacts {
  readonly subject: string;
  /** Kinds on approval that an operator granted. */
  readonly granted: readonly string[];
}

export interface GateWatch {
  /** Aborting ends the program; its reason is thrown. */
  readonly signal: AbortSignal;
  /** `done` of `total` bytes looked at. */
  progress(done: number, total: number): void;
}

/** PORT: the leak gate. Both throw GateFailed, or the reason of `watch.signal`. */
export interface LeakGate {
  /** A package in the storage, not yet published. */
  inspectSealed(sealed: Omit<Sealed, "sha256">, facts: GateFacts, watch: GateWatch): Promise<GateVerdict>;
  /** A plain file, open for reading. */
  inspectFile(file: Pick<FileHandle, "fd">, bytes: number, facts: GateFacts, watch: GateWatch): Promise<GateVerdict>;
}

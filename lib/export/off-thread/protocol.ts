import type { CarriedError } from "./carry-error.ts";

/** First word to a thread: which task, and what it must know. */
export interface Order {
  readonly task: string;
  readonly params: unknown;
}

/** Nobody sends a chunk that was not asked for: the other side says "more" for each one it took. */
export type ToThread = { readonly type: "chunk"; readonly bytes: Uint8Array } | { readonly type: "end" } | { readonly type: "more" };

export type FromThread =
  | { readonly type: "chunk"; readonly bytes: Uint8Array; readonly records: number }
  | { readonly type: "end"; readonly records: number }
  | { readonly type: "failed"; readonly error: CarriedError }
  | { readonly type: "more" };

/** Chunks on the way in each direction: enough that nobody waits for the other's turn, few enough that memory stays flat. */
export const windowChunks = 4;

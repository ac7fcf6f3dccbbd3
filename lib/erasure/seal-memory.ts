import { seal, unseal } from "#lib/requests/seal.ts";
import type { Memory } from "./memory.ts";

/** Under a key of this request alone (lib/requests/seal.ts): a memory moved to another row does not open. */
export function sealMemory(secret: string, requestId: string, memory: Memory): Buffer<ArrayBuffer> {
  return seal(secret, "memory", requestId, JSON.stringify(memory));
}

/** @throws Error when it was altered, or sealed for another request or under another secret */
export function openMemory(secret: string, requestId: string, sealed: Uint8Array): Memory {
  return JSON.parse(unseal(secret, "memory", requestId, sealed).toString()) as Memory;
}

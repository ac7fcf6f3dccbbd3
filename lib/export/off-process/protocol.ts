import type { Writable } from "node:stream";
import { packetHead, type PacketType } from "./packets.ts";

/** First word to a process: which task, and what it must know. On its input: others on the machine may read arguments. */
export interface Order {
  readonly task: string;
  readonly params: unknown;
}

/** Resolves once the bytes are the system's, so that nobody runs ahead of the reader and `bytes` may be used again; false when nobody reads any more. */
export function say(to: Writable, type: PacketType, records: number, bytes: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    to.cork();
    to.write(packetHead(type, records, bytes.length));
    to.write(bytes, (error) => resolve(!error));
    to.uncork();
  });
}

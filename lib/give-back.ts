/**
 * Gives the memory of a chunk back at once; the chunk is empty afterwards. The collector sees only its small head, so that gigabytes of
 * them make it look through the whole heap many times a second. A view of something larger is left alone: others may look there.
 */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

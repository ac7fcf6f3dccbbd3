/**
 * Gives the memory of a chunk back at once; the chunk is empty afterwards. The collector sees only its small head, so that gigabytes of
 * them make it look through the whole heap many times a second. A view of something larger is left alone: others may look there.
 */
export function giveBack({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

/** The same chunks for a reader that has done with each when it asks for the next: then it is given back. They must be the reader's own. */
export async function* givenBack(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    giveBack(chunk);
  }
}

/** Small enough that a few of them do not count, large enough that what each costs on its way does not either. */
const pieceBytes = 96 * 1024;

/**
 * Joins small chunks, as sockets give them, to pieces of at most 96 KiB; larger ones pass as they are. Each piece is hashed,
 * compressed by another thread and handed on once. `onChunk` sees each as it comes: whoever watches a slow source need not wait for a piece.
 */
export async function* inPieces(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, onChunk: (chunk: Uint8Array) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  const joined = () => {
    const piece = held.length === 1 && held[0] ? held[0] : Buffer.concat(held, bytes);
    held = [];
    bytes = 0;
    return piece;
  };
  for await (const chunk of chunks) {
    onChunk(chunk);
    if (bytes > 0 && bytes + chunk.length > pieceBytes) yield joined();
    held.push(chunk);
    bytes += chunk.length;
    if (bytes >= pieceBytes) yield joined();
  }
  if (bytes > 0) yield joined();
}

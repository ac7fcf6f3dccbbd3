/** Each piece wakes another thread: half as large ones cost a twentieth more processor time, twice as large ones no less. */
const pieceBytes = 256 * 1024;

export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Cuts chunks of any size, each good until the next is asked for, into pieces that are hashed, compressed by another thread
 * and handed on once. Two buffers take turns, since what is made anew for each piece costs more in collected garbage than its
 * compression: **a piece is good until the next but one is asked for**. `onChunk` sees each chunk as it comes: whoever watches
 * a slow source need not wait for a piece.
 */
export function pieceMaker(): (chunks: Chunks, onChunk: (chunk: Uint8Array) => void) => AsyncGenerator<Uint8Array> {
  let [buffer, other] = [Buffer.allocUnsafeSlow(pieceBytes), Buffer.allocUnsafeSlow(pieceBytes)];
  return async function* pieces(chunks, onChunk) {
    let held = 0;
    for await (const chunk of chunks) {
      onChunk(chunk);
      for (let at = 0; at < chunk.length; ) {
        const part = chunk.subarray(at, at + pieceBytes - held);
        buffer.set(part, held);
        at += part.length;
        held += part.length;
        if (held < pieceBytes) continue;
        yield buffer;
        [buffer, other] = [other, buffer];
        held = 0;
      }
    }
    if (held === 0) return;
    yield buffer.subarray(0, held);
    [buffer, other] = [other, buffer];
  };
}

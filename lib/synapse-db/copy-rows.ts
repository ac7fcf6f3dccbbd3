/** Where a reading stopped: before the byte `at` of the chunk, with `held` bytes in the batch; `over` when what follows is no part of the rows. */
export interface Reading {
  readonly at: number;
  readonly held: number;
  readonly over: boolean;
}

const [row = 0] = Buffer.from("d");
/** What may come while rows do: their announcement, they themselves, and asides (a notice, a setting, a notification). */
const among = new Set(Buffer.from("HdNSA"));
/** A letter, and a length of four bytes that counts itself. */
const headBytes = 5;

/**
 * Reads the bytes of rows out of what a server sends for `COPY … TO STDOUT` (PostgreSQL, frontend/backend protocol 3.0), cut
 * anywhere: from `chunk` at `from` into `batch` behind what it holds, until the chunk is empty, the batch full or the rows over.
 */
export function copyRows(): (chunk: Buffer, from: number, batch: Buffer, held: number) => Reading {
  let [seen, letter, left] = [0, 0, 0];
  return (chunk, from, batch, before) => {
    let [at, held] = [from, before];
    while (at < chunk.length) {
      if (seen < headBytes) {
        const byte = chunk[at] ?? 0;
        if (seen === 0 && !among.has(byte)) return { at, held, over: true };
        if (seen === 0) [letter, left] = [byte, 0];
        else left = left * 256 + byte;
        at += 1;
        seen += 1;
        if (seen < headBytes) continue;
        left -= headBytes - 1;
      }
      const end = at + Math.min(left, chunk.length - at, letter === row ? batch.length - held : left);
      if (end === at && left > 0) break;
      if (letter === row) held += chunk.copy(batch, held, at, end);
      left -= end - at;
      at = end;
      if (left === 0) seen = 0;
    }
    return { at, held, over: false };
  };
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { copyRows } from "#lib/synapse-db/copy-rows.ts";

const message = (letter: string, body: Uint8Array) => {
  const head = Buffer.alloc(5);
  head.write(letter, "latin1");
  head.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};

/** All that is read of the chunks, with a batch of this size; and what is left for pg. */
function read(chunks: readonly Buffer[], batchBytes: number): { rows: Buffer; left: Buffer | null } {
  const reading = copyRows();
  const batch = Buffer.alloc(batchBytes);
  const rows: Buffer[] = [];
  let held = 0;
  for (const [index, chunk] of chunks.entries()) {
    for (let at = 0; at < chunk.length; ) {
      const next = reading(chunk, at, batch, held);
      if (next.over) return { rows: Buffer.concat([...rows, batch.subarray(0, next.held)]), left: Buffer.concat([chunk.subarray(next.at), ...chunks.slice(index + 1)]) };
      expect(next.at > at || next.held === batchBytes, "goes on, or the batch is full").toBe(true);
      [at, held] = [next.at, next.held];
      if (held < batchBytes) continue;
      rows.push(Buffer.from(batch));
      held = 0;
    }
  }
  return { rows: Buffer.concat([...rows, batch.subarray(0, held)]), left: null };
}

const body = fc.uint8Array({ maxLength: 60 });
const passing = fc.tuple(fc.constantFrom("d", "d", "d", "H", "N", "S", "A"), body);

test("the bytes of rows and nothing else, however they are cut and whatever stands between them", () => {
  fc.assert(
    fc.property(fc.array(passing, { maxLength: 30 }), fc.constantFrom("c", "E", "C", "Z"), body, fc.array(fc.nat(), { maxLength: 30 }), fc.integer({ min: 1, max: 80 }), (before, ends, last, cuts, batchBytes) => {
      const stream = Buffer.concat([...before.map(([letter, bytes]) => message(letter, bytes)), message(ends, last)]);
      const places = [...new Set([0, ...cuts.map((cut) => cut % stream.length), stream.length])].sort((a, b) => a - b);
      const chunks = places.slice(1).map((to, index) => stream.subarray(places[index], to));
      const { rows, left } = read(chunks, batchBytes);
      expect(rows).toEqual(Buffer.concat(before.filter(([letter]) => letter === "d").map(([, bytes]) => bytes)));
      expect(left).toEqual(message(ends, last));
    }),
    { numRuns: 500 },
  );
});

test("a stream that breaks off is not over", () => {
  const stream = Buffer.concat([message("d", Buffer.from("whole")), message("d", Buffer.from("half"))]);
  expect(read([stream.subarray(0, -2)], 100)).toEqual({ rows: Buffer.from("wholeha"), left: null });
});

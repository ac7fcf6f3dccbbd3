import { PassThrough } from "node:stream";
import type { Connection } from "pg";
import { expect, test } from "vitest";
import { CopyOut } from "#lib/synapse-db/copy-out.ts";

/** A message of the protocol in memory of its own, as a socket gives it. */
function message(letter: string, body: string): Buffer {
  const bytes = Buffer.from(new ArrayBuffer(5 + Buffer.byteLength(body)));
  bytes.write(letter);
  bytes.writeUInt32BE(bytes.length - 1, 1);
  bytes.write(body, 5);
  return bytes;
}

/** A copy that has begun on a connection of which only the stream is there, and what pg itself got to read. */
function begun() {
  const stream = new PassThrough();
  const pgs: string[] = [];
  stream.on("data", (chunk: Buffer) => pgs.push(chunk.toString("latin1")));
  const copy = new CopyOut("COPY x TO STDOUT");
  copy.submit({ stream, query: () => undefined } as unknown as Connection);
  return { stream, copy, pgs };
}

const nobody = () => undefined;
const soon = () => new Promise((resolve) => setImmediate(resolve));

test("a chunk is given back once its rows are taken, and not before", async () => {
  const { stream, copy } = begun();
  const chunk = message("d", "0123456789");
  stream.write(chunk);
  const batch = Buffer.alloc(6);
  expect(await copy.gather(batch, nobody)).toBe(6);
  expect([batch.toString(), chunk.byteLength]).toEqual(["012345", 15]);
  const rest = copy.gather(batch, nobody);
  expect([batch.toString("latin1", 0, 4), chunk.byteLength]).toEqual(["6789", 0]);
  copy.handleReadyForQuery();
  expect(await rest).toBe(4);
});

test("a batch is filled from as many chunks as it takes, and each is heard", async () => {
  const { stream, copy } = begun();
  let heard = 0;
  const batch = Buffer.alloc(6);
  const full = copy.gather(batch, () => (heard += 1));
  for (const row of ["ab", "cd", "efgh"]) {
    stream.write(message("d", row));
    await soon();
  }
  expect([await full, batch.toString(), heard]).toEqual([6, "abcdef", 3]);
});

test("between two batches the socket is held back, and nothing that came is lost", async () => {
  const { stream, copy } = begun();
  stream.write(message("d", "early"));
  await soon();
  stream.write(message("d", "later"));
  await soon();
  expect(stream.isPaused()).toBe(true);
  expect(stream.readableLength).toBeGreaterThan(0);
  const batch = Buffer.alloc(10);
  expect(await copy.gather(batch, nobody)).toBe(10);
  expect(batch.toString()).toBe("earlylater");
  expect(stream.isPaused()).toBe(true);
});

test("what ends the rows is pg's to read, and so is all after it", async () => {
  const { stream, copy, pgs } = begun();
  stream.write(Buffer.concat([message("d", "a row"), message("c", "")]));
  const batch = Buffer.alloc(100);
  const over = copy.gather(batch, nobody);
  await soon();
  stream.write(message("C", "COPY 1"));
  await soon();
  expect(pgs).toEqual([message("c", "").toString("latin1"), message("C", "COPY 1").toString("latin1")]);
  copy.handleReadyForQuery();
  expect([await over, batch.toString("latin1", 0, 5)]).toEqual([5, "a row"]);
  expect(await copy.gather(batch, nobody)).toBe(0);
});

test("an error is thrown to who waits, and to who asks later", async () => {
  const { copy } = begun();
  const failure = new Error("canceled");
  const waiting = copy.gather(Buffer.alloc(10), nobody);
  copy.handleError(failure);
  copy.handleReadyForQuery();
  await expect(waiting).rejects.toBe(failure);
  await expect(copy.gather(Buffer.alloc(10), nobody)).rejects.toBe(failure);
});

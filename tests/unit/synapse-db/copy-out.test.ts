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

test("a chunk is given back once its rows are taken, and not before", async () => {
  const { stream, copy } = begun();
  const chunk = message("d", "0123456789");
  stream.write(chunk);
  const batch = Buffer.alloc(6);
  expect(await copy.more()).toBe(true);
  expect(copy.fill(batch, 0)).toBe(6);
  expect([batch.toString(), chunk.byteLength]).toEqual(["012345", 15]);
  expect(copy.fill(batch, 0)).toBe(4);
  expect([batch.toString("latin1", 0, 4), chunk.byteLength]).toEqual(["6789", 0]);
});

test("what ends the rows is pg's to read, and so is all after it", async () => {
  const { stream, copy, pgs } = begun();
  stream.write(Buffer.concat([message("d", "a row"), message("c", "")]));
  const batch = Buffer.alloc(100);
  await copy.more();
  expect(copy.fill(batch, 0)).toBe(5);
  stream.write(message("C", "COPY 1"));
  const over = copy.more();
  await new Promise((resolve) => setImmediate(resolve));
  expect(pgs).toEqual([message("c", "").toString("latin1"), message("C", "COPY 1").toString("latin1")]);
  copy.handleReadyForQuery();
  expect(await over).toBe(false);
});

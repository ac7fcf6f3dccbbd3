import { expect, test } from "vitest";
import { giveBack, givenBack } from "#lib/give-back.ts";

test("a chunk with memory of its own is empty afterwards", () => {
  const chunk = new Uint8Array(1000);
  giveBack(chunk);
  expect([chunk.byteLength, chunk.buffer.byteLength]).toEqual([0, 0]);
});

test("a view of something larger, and memory that processes share, are left alone", () => {
  const whole = new Uint8Array(1000).fill(7);
  const shared = new Uint8Array(new SharedArrayBuffer(8)).fill(7);
  for (const chunk of [whole.subarray(0, 999), whole.subarray(1), shared]) {
    giveBack(chunk);
    expect(chunk.every((byte) => byte === 7)).toBe(true);
  }
  expect([whole.byteLength, shared.byteLength]).toEqual([1000, 8]);
});

test("chunks are given back when the next is asked for, and not before", async () => {
  const pooled = Buffer.alloc(10).fill(7);
  const chunks = [Buffer.alloc(3, 1), Buffer.alloc(4, 2), pooled.subarray(0, 5)];
  const lengths: number[][] = [];
  async function* each() { yield* chunks; }
  for await (const chunk of givenBack(each())) {
    await Promise.resolve();
    lengths.push([chunk.length, ...chunks.map(({ length }) => length)]);
  }
  expect(lengths).toEqual([[3, 3, 4, 5], [4, 0, 4, 5], [5, 0, 0, 5]]);
  expect([...pooled]).toEqual(new Array(10).fill(7));
});

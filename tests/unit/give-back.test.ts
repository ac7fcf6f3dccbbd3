import { expect, test } from "vitest";
import { giveBack } from "#lib/give-back.ts";

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

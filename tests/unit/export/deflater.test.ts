import { inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { deflater } from "#lib/export/deflater.ts";

async function* each(pieces: readonly Buffer[]) {
  yield* pieces;
}

async function packed(deflate: ReturnType<typeof deflater>, pieces: readonly Buffer[]): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(deflate.deflated(each(pieces))));
}

/** Nothing in it repeats: what comes out is longer than the buffers of the compressor. */
function noise(bytes: number): Buffer {
  let state = 7;
  return Buffer.from(Array.from({ length: bytes }, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24));
}

describe("a compressor that is used again", () => {
  it.each([
    ["nothing", []], ["an empty piece", [Buffer.alloc(0)]], ["a word", [Buffer.from("word")]], ["what fills its buffer several times", [noise(200_000), noise(1), noise(70_000)]],
    ["what hardly needs any", [Buffer.alloc(3_000_000, 97)]],
  ] as const)("says of %s the same, alone and after others", async (_, pieces) => {
    const [used, fresh] = [deflater(), deflater()];
    await packed(used, [noise(100_000)]);
    await packed(used, [Buffer.from("short")]);
    const bytes = await packed(used, pieces);
    expect(bytes.equals(await packed(fresh, pieces))).toBe(true);
    expect(inflateRawSync(bytes).equals(Buffer.concat(pieces))).toBe(true);
    used.close();
    fresh.close();
  });

  it("begins afresh after a source that broke, and after a reader that left", async () => {
    const deflate = deflater();
    async function* breaking() {
      yield noise(300_000);
      throw new Error("the source broke");
    }
    await expect(Array.fromAsync(deflate.deflated(breaking()))).rejects.toThrow("the source broke");
    for await (const _ of deflate.deflated(each([noise(300_000), noise(300_000)]))) break;
    expect(inflateRawSync(await packed(deflate, [Buffer.from("whole")])).toString()).toBe("whole");
    deflate.close();
  });
});

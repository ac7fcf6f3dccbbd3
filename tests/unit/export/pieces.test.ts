import { describe, expect, it } from "vitest";
import { pieceMaker } from "#lib/export/pieces.ts";

const pieceBytes = 256 * 1024;

/** Chunks of these lengths in one buffer that is filled again and again, as a snapshot gives them. */
async function* reused(lengths: readonly number[]) {
  const buffer = Buffer.alloc(Math.max(...lengths));
  for (const [at, length] of lengths.entries()) yield buffer.fill(at + 1).subarray(0, length);
}

const expected = (lengths: readonly number[]) => Buffer.concat(lengths.map((length, at) => Buffer.alloc(length, at + 1)));

describe("pieces", () => {
  it.each([[[1, 2, 3]], [[pieceBytes]], [[pieceBytes, pieceBytes, 1]], [[100_000, 100_000, 100_000, 100_000]], [[1, 3 * pieceBytes + 5, 7, pieceBytes - 13]]])(
    "of chunks of %j are whole, and each stays as it is until the next but one is asked for",
    async (lengths) => {
      const kept: Buffer[] = [];
      let before: Uint8Array | undefined;
      for await (const piece of pieceMaker()(reused(lengths), () => undefined)) {
        if (before) kept.push(Buffer.from(before));
        before = piece;
      }
      if (before) kept.push(Buffer.from(before));
      expect(Buffer.concat(kept).equals(expected(lengths))).toBe(true);
      expect(kept.slice(0, -1).every((piece) => piece.length === pieceBytes)).toBe(true);
    },
  );

  it("of one source follow those of another without touching its last", async () => {
    const pieces = pieceMaker();
    const last = (await Array.fromAsync(pieces(reused([9]), () => undefined)))[0];
    await pieces(reused([5]), () => undefined).next();
    expect(Buffer.from(last ?? [])).toEqual(Buffer.alloc(9, 1));
  });

  it("are of nothing for nothing, and let every chunk be seen", async () => {
    const seen: number[] = [];
    expect(await Array.fromAsync(pieceMaker()([], () => undefined))).toEqual([]);
    await Array.fromAsync(pieceMaker()(reused([4, 200_000, 6]), (chunk) => seen.push(chunk.length)));
    expect(seen).toEqual([4, 200_000, 6]);
  });
});

import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameBytes, openFrames, sealedLength, sealedRange, sealFrames } from "#lib/storage/frames.ts";
import { newFrameKey } from "#lib/storage/keys.ts";
import { StorageCorrupt, type ByteRange } from "#lib/storage/storage.ts";

const key = newFrameKey();
const sealedFrame = frameBytes + 16;

async function* inChunks(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function seal(plain: Uint8Array, chunk = 70_000): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(sealFrames(key, inChunks(plain, chunk)), (piece) => Buffer.from(piece)));
}

async function open(sealed: Uint8Array, bytes: number, range: ByteRange = { start: 0, end: Math.max(0, bytes - 1) }): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(openFrames(key, bytes, range, inChunks(sealed, 50_001))));
}

/** What left before the failure, and the failure. */
async function openUntilFailure(sealed: Uint8Array, bytes: number): Promise<{ out: Buffer; error: unknown }> {
  const parts: Buffer[] = [];
  try {
    for await (const part of openFrames(key, bytes, { start: 0, end: bytes - 1 }, inChunks(sealed, 50_001))) parts.push(part);
    return { out: Buffer.concat(parts), error: null };
  } catch (error) {
    return { out: Buffer.concat(parts), error };
  }
}

describe("frames", () => {
  it.each([0, 1, frameBytes - 1, frameBytes, frameBytes + 1, 3 * frameBytes, 3 * frameBytes + 77])("brings back %i bytes", async (length) => {
    const plain = randomBytes(length);
    const sealed = await seal(plain);
    expect(sealed.length).toBe(sealedLength(length));
    expect((await open(sealed, length)).equals(plain)).toBe(true);
  });

  it("does not show the plain bytes", async () => {
    const sealed = await seal(Buffer.from("a very recognisable sentence ".repeat(100)));
    expect(sealed.includes("recognisable")).toBe(false);
  });

  it("opens any range from its own frames only", async () => {
    const plain = randomBytes(3 * frameBytes + 4321);
    const sealed = await seal(plain);
    await fc.assert(fc.asyncProperty(fc.nat(plain.length - 1), fc.nat(plain.length - 1), async (a, b) => {
      const range = { start: Math.min(a, b), end: Math.max(a, b) };
      const at = sealedRange(plain.length, range);
      const out = await open(sealed.subarray(at.start, at.end + 1), plain.length, range);
      expect(out.equals(plain.subarray(range.start, range.end + 1))).toBe(true);
    }), { numRuns: 30 });
    expect(sealedRange(plain.length, { start: 0, end: 10 })).toEqual({ start: 0, end: sealedFrame - 1 });
  });

  describe("refuses before a wrong byte leaves", () => {
    const length = 3 * frameBytes + 4321;
    const plain = randomBytes(length);

    it("a flipped bit anywhere", async () => {
      const sealed = await seal(plain);
      for (const at of [0, 17, frameBytes + 3, sealedFrame, 2 * sealedFrame + 99, sealed.length - 1]) {
        const bad = Buffer.from(sealed);
        bad[at] = (bad[at] ?? 0) ^ 1;
        const { out, error } = await openUntilFailure(bad, length);
        expect(error).toBeInstanceOf(StorageCorrupt);
        expect(out.equals(plain.subarray(0, out.length))).toBe(true);
        expect(out.length).toBe(Math.floor(at / sealedFrame) * frameBytes);
      }
    });

    it("frames in another order", async () => {
      const sealed = await seal(plain);
      const swapped = Buffer.concat([sealed.subarray(sealedFrame, 2 * sealedFrame), sealed.subarray(0, sealedFrame), sealed.subarray(2 * sealedFrame)]);
      expect(await openUntilFailure(swapped, length)).toEqual({ out: Buffer.alloc(0), error: expect.any(StorageCorrupt) });
    });

    it("a lost tail, cut inside a frame or between two", async () => {
      const sealed = await seal(plain);
      for (const end of [sealed.length - 1, 3 * sealedFrame, sealedFrame, 0]) {
        expect((await openUntilFailure(sealed.subarray(0, end), length)).error).toBeInstanceOf(StorageCorrupt);
      }
    });

    it("a lost tail although the row was made to say so", async () => {
      const sealed = await seal(plain);
      const { out, error } = await openUntilFailure(sealed.subarray(0, 2 * sealedFrame), 2 * frameBytes);
      expect(error).toBeInstanceOf(StorageCorrupt);
      expect(out.length).toBe(frameBytes);
    });

    it("bytes behind the end", async () => {
      const sealed = Buffer.concat([await seal(plain), randomBytes(30)]);
      expect((await openUntilFailure(sealed, length)).error).toBeInstanceOf(StorageCorrupt);
    });

    it("another key, another prefix", async () => {
      const sealed = await seal(plain);
      for (const other of [newFrameKey(), { ...key, prefix: randomBytes(7) }]) {
        await expect(Array.fromAsync(openFrames(other, length, { start: 0, end: 5 }, inChunks(sealed.subarray(0, sealedFrame), 999))))
          .rejects.toBeInstanceOf(StorageCorrupt);
      }
    });
  });

  it("holds few frames at a time however long the source is", async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1;
        yield Buffer.alloc(frameBytes);
      }
    }
    const frames = sealFrames(key, endless());
    await frames.next();
    await frames.next();
    expect(given).toBeLessThan(5);
    await frames.return(undefined);
  });
});

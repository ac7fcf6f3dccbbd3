import { ZipArchive } from "archiver";
import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { openArchive } from "#lib/export/archive.ts";
import { directoryRecord, endRecords, sizesRecord } from "#lib/export/zip-records.ts";

const at = new Date("2026-11-21T23:59:59Z");
const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(60_000)));

/** Sources of every awkward size around a piece of 256 KiB. */
const sources: readonly (readonly [name: string, stored: boolean, chunks: readonly Buffer[]])[] = [
  ["bag/empty.txt", false, []],
  ["bag/one.ndjson", false, [Buffer.from("{}\n")]],
  ["bag/many-small.ndjson", false, Array.from({ length: 5000 }, (_, n) => Buffer.from(`{"line":${n},"text":"${"bees ".repeat(n % 40)}"}\n`))],
  ["bag/exact.bin", false, [Buffer.alloc(128 * 1024, 1), Buffer.alloc(128 * 1024, 2), Buffer.from("x")]],
  ["bag/across.bin", false, [noise, noise, noise, noise, noise]],
  ["bag/large.bin", false, [Buffer.from("a"), Buffer.alloc(700_000, "large "), Buffer.from("b"), noise]],
  ["bag/äöü.jpg", true, [noise, noise, noise]],
  ["bag/nothing.jpg", true, []],
];

describe("zip records", () => {
  it("are, with all that lies between them, byte for byte what archiver writes", async () => {
    const reference = new ZipArchive({ zlib: { level: 1, memLevel: 9 } });
    const expected = buffer(reference);
    const archive = openArchive(at);
    const written = buffer(archive.bytes);
    for (const [name, store, chunks] of sources) {
      const entry = new Promise((resolve) => reference.once("entry", resolve));
      reference.append(Readable.from(chunks, { objectMode: false }), { name, date: at, mode: 0o644, store });
      await entry;
      await archive.add(name, Readable.from(chunks), { store });
    }
    await Promise.all([reference.finalize(), archive.finish()]);
    expect((await written).equals(await expected)).toBe(true);
  });

  it("turn to ZIP64 where a number does not fit into four bytes, or the count into two", () => {
    const entry = { name: "a", stored: false, at, offset: 7 };
    const small = { crc: 1, bytes: 0xfffffffe, packedBytes: 5 };
    const large = { ...small, bytes: 0x1_0000_0002 };
    expect([sizesRecord(small).length, sizesRecord(large).length]).toEqual([16, 24]);
    expect(sizesRecord(large).readBigUInt64LE(16)).toBe(0x1_0000_0002n);
    const plain = directoryRecord(entry, small);
    expect([plain.readUInt16LE(6), plain.readUInt32LE(24), plain.readUInt32LE(42), plain.length]).toEqual([20, 0xfffffffe, 7, 47]);
    for (const record of [directoryRecord(entry, large), directoryRecord({ ...entry, offset: 0xffffffff }, small)]) {
      expect([record.readUInt16LE(6), record.readUInt32LE(20), record.readUInt32LE(24), record.readUInt32LE(42)]).toEqual([45, 0xffffffff, 0xffffffff, 0xffffffff]);
      expect([record.readUInt16LE(30), record.readUInt16LE(47), record.readUInt16LE(49), record.length]).toEqual([28, 1, 24, 75]);
    }
    expect(directoryRecord(entry, large).readBigUInt64LE(51)).toBe(0x1_0000_0002n);
    expect(endRecords(65_535, { offset: 9, bytes: 3 }).length).toBe(22);
    const end = endRecords(65_536, { offset: 9, bytes: 3 });
    expect([end.length, end.readUInt32LE(0), end.readUInt32LE(56), end.readUInt32LE(76)]).toEqual([98, 0x06064b50, 0x07064b50, 0x06054b50]);
    expect([end.readBigUInt64LE(24), end.readBigUInt64LE(32), end.readBigUInt64LE(40), end.readBigUInt64LE(48), end.readBigUInt64LE(64)]).toEqual([65_536n, 65_536n, 3n, 9n, 12n]);
    expect([end.readUInt16LE(86), end.readUInt32LE(88), end.readUInt32LE(92)]).toEqual([0xffff, 0xffffffff, 0xffffffff]);
  });
});

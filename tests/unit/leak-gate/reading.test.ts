import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { BlockReader } from "#lib/leak-gate/block-reader.ts";
import { LineTooLong, linesOf, longestLine } from "#lib/leak-gate/lines.ts";
import { StorageCorrupt } from "#lib/storage/storage.ts";

async function lines(chunks: Iterable<Buffer>): Promise<string[]> {
  const found: string[] = [];
  for await (const line of linesOf(Readable.from(chunks, { objectMode: true }))) found.push(line.toString());
  return found;
}

describe("lines", () => {
  it("are the same however they are cut", async () => {
    const text = Buffer.from("one\n\ntwo ü\nthree");
    for (let size = 1; size <= text.length; size += 1) {
      const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.subarray(at * size, (at + 1) * size));
      expect(await lines(chunks)).toEqual(["one", "", "two ü", "three"]);
    }
  });

  it("end the reading when one is longer than anything stored, before all of it is held", async () => {
    let read = 0;
    function* endless() {
      for (;;) {
        read += 1 << 20;
        yield Buffer.alloc(1 << 20, "x");
      }
    }
    await expect(lines(endless())).rejects.toBeInstanceOf(LineTooLong);
    expect(read).toBeLessThanOrEqual(longestLine + (2 << 20));
  });
});

describe("a reader of blocks", () => {
  const bytes = Buffer.alloc(9 << 20, Buffer.from(Array.from({ length: 251 }, (_, at) => at)));
  function reader(fail = false) {
    const asked: number[] = [];
    const open = async (_: unknown, range = { start: 0, end: bytes.length - 1 }) => {
      if (fail) throw new StorageCorrupt();
      asked.push(range.end + 1 - range.start);
      return Readable.from([bytes.subarray(range.start, range.end + 1)]);
    };
    return { asked, reader: new BlockReader({ open }, { storageKey: "k", wrappedKey: "w", bytes: bytes.length }) };
  }
  const read = async (from: BlockReader, start: number, end: number) => Buffer.concat((await from.createReadStream({ start, end }).toArray()) as Buffer[]);

  it("gives any range, and asks once for what lies close together", async () => {
    const { asked, reader: from } = reader();
    for (const [start, end] of [[0, 10], [1_048_570, 1_048_590], [1_048_570, 1_048_571], [3_000_000, 5_000_000], [9 * 1_048_576 - 5, 9 * 1_048_576]] as const) {
      expect((await read(from, start, end)).equals(bytes.subarray(start, end))).toBe(true);
    }
    expect(asked).toEqual([1 << 20, 1 << 20, 1 << 20, 1 << 20, 1 << 20, 1 << 20]);
  });

  it("lets long ranges stream past", async () => {
    const { asked, reader: from } = reader();
    expect((await read(from, 7, 8_000_000)).equals(bytes.subarray(7, 8_000_000))).toBe(true);
    expect(asked).toEqual([7_999_993]);
  });

  it("tells a storage that broke off from a range that cannot be", async () => {
    const { reader: broken } = reader(true);
    await expect(read(broken, 0, 10)).rejects.toBeInstanceOf(StorageCorrupt);
    expect(broken.failure).toBeInstanceOf(StorageCorrupt);
    const { reader: whole } = reader();
    await expect(read(whole, bytes.length - 5, bytes.length + 5)).rejects.toBeInstanceOf(RangeError);
    expect(whole.failure).toBeNull();
  });
});

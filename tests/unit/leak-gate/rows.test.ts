import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { LineTooLong, longestLine } from "#lib/leak-gate/lines.ts";
import { rowsOf, TableBroken } from "#lib/leak-gate/rows.ts";

const rows = async (chunks: Iterable<Buffer>) => await Array.fromAsync(rowsOf(Readable.from(chunks, { objectMode: true })));
const cut = (text: string, size: number) => Array.from({ length: Math.ceil(Buffer.byteLength(text) / size) }, (_, at) => Buffer.from(text).subarray(at * size, (at + 1) * size));
const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

describe("rows of a table", () => {
  it("are the same however they are cut, with or without the last line break", async () => {
    const text = 'a,b,c\r\nü,"x,""y"" ",\r\n"","\r\n\r\n,",""""\r\n,,\r\n';
    for (let size = 1; size < text.length; size += 1) {
      for (const end of [undefined, -2]) {
        expect(await rows(cut(text.slice(0, end), size))).toEqual([["a", "b", "c"], ["ü", 'x,"y" ', ""], ["", "\r\n\r\n,", '"'], ["", "", ""]]);
      }
    }
  });

  it("are what csv-parse reads", async () => {
    const cell = fc.string({ unit: fc.constantFrom(",", '"', "\r", "\n", ";", " ", "a", "é") });
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 9 }), async (table, size) => {
      const text = table.map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
      expect(await rows(cut(text, size))).toEqual(parse(text, { record_delimiter: "\r\n" }));
      expect(await rows(cut(text, size))).toEqual(table);
    }));
  });

  it.each(['a"b,c\r\n', '"a"b,c\r\n', '"a,c\r\n', "a,b\r\nc\r\n", "a,b\r\nc,d,e\r\n", "a\nb\r\n", "a\rb\r\n", '"a"\n', '"a\r\n"b\r\n', '"a"\rb\r\n', 'x\n,"y"\r\n'])("refuses %j, however it is cut", async (text) => {
    for (let size = 1; size <= text.length; size += 1) await expect(rows(cut(text, size))).rejects.toBeInstanceOf(TableBroken);
  });

  it("are none of nothing, and end when one is longer than anything stored", async () => {
    expect(await rows([])).toEqual([]);
    let read = 0;
    function* endless() {
      yield Buffer.from('"');
      for (;;) {
        read += 1 << 20;
        yield Buffer.alloc(1 << 20, "x");
      }
    }
    await expect(rows(endless())).rejects.toBeInstanceOf(LineTooLong);
    expect(read).toBeLessThanOrEqual(longestLine + (2 << 20));
  });
});

import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvBytes, guard, unguard } from "#lib/export/csv.ts";
import type { Cell } from "#lib/kinds/kind.ts";

async function csv(columns: string[], rows: Cell[][]): Promise<string> {
  return Buffer.concat(await Array.fromAsync(csvBytes(columns, rows))).toString();
}

const formulaStarts = ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"];

describe("csv", () => {
  it("quotes and ends lines as RFC 4180 says", async () => {
    expect(await csv(["a", "b"], [["x,y", 'say "hi"'], ["line\nbreak", null], [1.5, true]]))
      .toBe('a,b\r\n"x,y","say ""hi"""\r\n"line\nbreak",\r\n1.5,true\r\n');
  });

  it("writes what csv-stringify writes", async () => {
    const text = fc.string({ unit: fc.constantFrom(",", '"', "\r", "\n", ";", "'", "=", " ", "a", "é") });
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 5 }), async (rows) => {
      const expected = stringify(rows.map((row) => row.map(guard)), { record_delimiter: "windows", quoted_match: /[\r\n]/ });
      expect(await csv(["a", "b", "c"], rows)).toBe(`a,b,c\r\n${expected}`);
    }));
  });

  it("writes moments in UTC and numbers as they are", async () => {
    expect(await csv(["at", "n"], [[new Date("2026-01-02T03:04:05.678Z"), -7]])).toBe("at,n\r\n2026-01-02T03:04:05.678Z,-7\r\n");
  });

  it("writes moments as ISO 8601 in UTC, of any day, one after the other", async () => {
    const moments = fc.array(fc.date({ min: new Date("0001-01-01T00:00:00.000Z"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true }), { minLength: 1 });
    const near = fc.array(fc.integer({ min: -200_000_000, max: 200_000_000 }).map((at) => new Date(at)), { minLength: 1 });
    await fc.assert(fc.asyncProperty(fc.oneof(moments, near), async (dates) => {
      expect(await csv(["at"], dates.map((date) => [date]))).toBe(["at", ...dates.map((date) => date.toISOString()), ""].join("\r\n"));
    }));
  });

  it("writes again what a column said before, and anything else anew", async () => {
    const rows: Cell[][] = [["a,b", "x", null], ["a,b", "=x", null], ["c", "=x", 1], [null, "=x", "1"], ["a,b", "x", true]];
    expect(await csv(["one", "two", "three"], rows)).toBe('one,two,three\r\n"a,b",x,\r\n"a,b",\'=x,\r\nc,\'=x,1\r\n,\'=x,1\r\n"a,b",x,true\r\n');
  });

  it.each([...formulaStarts.map((start) => `${start}HYPERLINK("http://x")`), "'=1+1", "a;=1+1", "a\t@x", "a\n-2+3", ";;=1", "\t=1+1", "\r'=1"])("lets %j be no formula in any column, and gives it back", async (value) => {
    const text = await csv([value, "b"], [["x", value], [value, "y"]]);
    const [header, one, two] = parse(text, { relax_column_count: false }) as string[][];
    for (const cell of [header?.[0], one?.[1], two?.[0]]) {
      for (const piece of (cell ?? "").split(/[;\t\r\n]/)) expect(formulaStarts).not.toContain(piece[0]);
      expect(formulaStarts).not.toContain(cell?.[0]);
      expect(unguard(cell ?? "")).toBe(value);
    }
  });

  it("leaves ordinary words alone", () => {
    for (const word of ["Anna", "3 - 2", "a=b", "it's", "x; y", "名前", ""]) expect(guard(word)).toBe(word);
  });

  it("is reversible for every text without control characters", () => {
    const nasty = fc.string({ unit: fc.constantFrom("'", "=", "-", ";", "\t", "\r", "\n", "＝", "a", ",", '"') });
    fc.assert(fc.property(fc.oneof(nasty, fc.string({ unit: "grapheme" })), (text) => {
      fc.pre(![...text].some((char) => char < " " && !"\t\r\n".includes(char)));
      expect(unguard(guard(text))).toBe(text);
    }));
  });

  it("shows control characters and survives lone surrogates", async () => {
    expect(await csv(["a"], [["x\u0000y\u001b[31m"], ["\ud800"]])).toBe("a\r\nx␀y␛[31m\r\n\uFFFD\r\n");
  });

  it("streams in batches and counts them", async () => {
    const counted: number[] = [];
    async function* rows() { for (let n = 0; n < 1201; n += 1) yield [n]; }
    const text = Buffer.concat(await Array.fromAsync(csvBytes(["n"], rows(), (n) => counted.push(n)))).toString();
    expect(counted).toEqual([...Array.from({ length: 12 }, () => 100), 1]);
    expect(text.split("\r\n").length).toBe(1203);
  });
});

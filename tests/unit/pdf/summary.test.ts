import { extractText, getDocumentProxy } from "unpdf";
import { beforeAll, describe, expect, it } from "vitest";
import type { DocumentContent } from "#lib/pdf/content.ts";
import { renderPdf } from "#lib/pdf/render-to-buffer.ts";
import { writePackage } from "#lib/export/write.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { kindsByDefault } from "#lib/kinds/kind.ts";
import { fakeKind, ledgerRow, testObserver, testOrder, testPorts } from "#tests/fixtures/package.ts";

async function textOf(pdf: Buffer): Promise<string[]> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const { text } = await extractText(document, { mergePages: false });
  return text.map((page) => page.replace(/\s+/g, " "));
}

const small: DocumentContent = {
  locale: "en", title: "Title", subtitle: "Subtitle", author: "Author", facts: [{ term: "Term", text: "Text" }],
  sections: [{ heading: "Section", blocks: [{ type: "text", text: "Words" }] }],
  footer: { left: "Request X", pages: "{page} of {pages}" }, missingGlyphs: "Some characters are shown as boxes.",
};

describe("summary.pdf", () => {
  let pages: string[];
  let pdf: Buffer;

  beforeAll(async () => {
    const kinds = kindsByDefault.map((id) => fakeKind(id, id === "messages"
      ? { rows: [{ a: 1 }, { a: 2 }], ledger: [ledgerRow("messages", "!a:x", { included: 2, excluded: { BACKFILLED: 4711 } })] } : {}));
    let content: DocumentContent | null = null;
    const ports = testPorts({ renderPdf: async (given) => { content = given; return Buffer.from("%PDF-"); } });
    const order = testOrder({ kinds, displayName: "ليلى الحسن 李小龙 Ольга Ελένη שלום", subject: `@${"long-localpart-".repeat(5)}:test.example` as Mxid });
    await writePackage(ports, order, testObserver(), (zip) => Array.fromAsync(zip));
    pdf = await renderPdf(content ?? small);
    pages = await textOf(pdf);
  }, 60_000);

  it("is a PDF of A4 pages, each with the reference and its number", async () => {
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pages.length).toBeGreaterThan(3);
    for (const [at, page] of pages.entries()) expect(page).toContain(`${at + 1} of ${pages.length}`);
    for (const page of pages) expect(page).toContain("Request 7F3K-29QD");
    const [, , width, height] = (await (await getDocumentProxy(new Uint8Array(pdf))).getPage(1)).view;
    expect([Math.round(width ?? 0), Math.round(height ?? 0)]).toEqual([595, 842]);
  });

  it("prints names in every script it has letters for", () => {
    for (const name of ["李小龙", "Ольга", "Ελένη"]) expect(pages[0]).toContain(name);
    // Right-to-left runs come out of the extraction in either order.
    const reversed = (text: string) => [...text].reverse().join("");
    for (const word of ["ليلى", "الحسن", "שלום"]) expect([word, reversed(word)].some((form) => pages[0]?.includes(form))).toBe(true);
    expect(pages.join(" ")).not.toContain("□");
  });

  it("breaks an ID that is longer than a line, and loses none of it", () => {
    expect(pages[0]?.replace(/\s/g, "")).toContain(`@${"long-localpart-".repeat(5)}:test.example`);
  });

  it("carries all nine parts of the information sheet", () => {
    const all = pages.join(" ");
    const parts = ["(a) Purposes", "(b) Categories", "(c) Recipients", "(d) How long", "(e) Your further rights", "(f) Complaint", "(g) Where the data comes from", "(h) Automated decisions", "Article 15(2)"];
    const places = parts.map((part) => all.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    for (const said of ["Authority of Tests", "https://authority.test.example", "https://privacy.test.example", "dpo@test.example", "Article 6(1)(b)", "Article 49(1)(b)"]) expect(all).toContain(said);
  });

  it("gives counts by kind and every exclusion with its reason", () => {
    const all = pages.join(" ");
    expect(all).toMatch(/Messages\s+2\s+4,711/);
    expect(all).toContain("fetched old messages again from other servers");
  });
});

describe("rendering", () => {
  it("shows a box for what no font has, and says so", async () => {
    const [page] = await textOf(await renderPdf({ ...small, facts: [{ term: "Name", text: "Fox 🦊 ไทย" }] }));
    expect(page).toContain("Fox □ □□□");
    expect(page).toContain("Some characters are shown as boxes.");
    expect((await textOf(await renderPdf(small)))[0]).not.toContain("boxes");
  }, 30_000);

  it("leaves no heading behind when its table goes to the next page", async () => {
    const table = { type: "table" as const, columns: [{ label: "Column", share: 100 }], rows: [["Row one"], ["Row two"]] };
    // Wherever the page ends: a line more each time.
    for (const lines of [15, 16, 17, 18]) {
      const blocks = Array.from({ length: lines }, (_, at) => ({ type: "text" as const, text: `Line ${at}` }));
      const pages = await textOf(await renderPdf({ ...small, sections: [{ heading: "Long", blocks }, { heading: "Late heading", blocks: [table] }] }));
      expect(pages.findIndex((page) => page.includes("Late heading"))).toBe(pages.findIndex((page) => page.includes("Row two")));
    }
  }, 60_000);

  it("does not hand its environment on, where the secrets are", async () => {
    process.env.NODE_OPTIONS = "--require=./not-there.cjs";
    try {
      expect((await renderPdf(small)).length).toBeGreaterThan(1000);
    } finally {
      delete process.env.NODE_OPTIONS;
    }
  }, 30_000);

  it("names the error when it fails, not the text", async () => {
    await expect(renderPdf({ ...small, title: "canary", sections: null as never })).rejects.toThrow(/^rendering a PDF failed: (?!.*canary)\S*Error/);
  }, 30_000);
});

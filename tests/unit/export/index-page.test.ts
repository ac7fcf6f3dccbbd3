import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { html } from "#lib/export/html.ts";
import { visible } from "#lib/export/visible.ts";
import { writePackage } from "#lib/export/write.ts";
import type { PackageOrder, WritePorts } from "#lib/export/order.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { fakeKind, ledgerRow, testObserver, testOrder, testPorts } from "#tests/fixtures/package.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";

async function page(order: Partial<PackageOrder> = {}, ports: Partial<WritePorts> = {}): Promise<string> {
  const { sunk } = await writePackage(testPorts(ports), testOrder(order), testObserver(), async (zip) => Buffer.concat(await Array.fromAsync(zip)));
  return (await openPackage(sunk)).files.get("index.html")?.content.toString() ?? "";
}

/** The text as a reader without styles gets it. */
const textOf = (source: string) => source.replace(/<style>.*?<\/style>/s, "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ")
  .replaceAll("&#39;", "'").replaceAll("&quot;", '"');

const messages = fakeKind("messages", { rows: [{ a: 1 }, { a: 2 }], ledger: [ledgerRow("messages", "!a:x", { included: 2, tombstones: 1, excluded: { BACKFILLED: 4711 } })] });

describe("index.html", () => {
  it("says whose, from where, of when, for what request, and whom to ask", async () => {
    const text = textOf(await page({ kinds: [messages] }));
    for (const said of ["@anna:test.example", "Anna", "test.example", "21 November 2026", "7F3K-29QD", "Test Server e.V.", "dpo@test.example", "Authority of Tests"]) {
      expect(text).toContain(said);
    }
  });

  it("says what is in it by numbers, what is not and why, and how to check it", async () => {
    const text = textOf(await page({ kinds: [messages] }));
    expect(text).toContain("2 records");
    expect(text).toContain("4,711");
    expect(text).toMatch(/fetched old messages again from other servers.*ask the data-protection officer/);
    expect(text).toMatch(/deleted, the package says that it existed/);
    expect(text).toMatch(/Only the person's own Matrix apps have the keys/);
    for (const command of ["sha256sum -c manifest-sha256.txt", "shasum -a 256 -c manifest-sha256.txt", "Get-FileHash"]) expect(text).toContain(command);
  });

  it("links only to files that are there", async () => {
    const { sunk } = await writePackage(testPorts(), testOrder({ kinds: [messages] }), testObserver(), async (zip) => Buffer.concat(await Array.fromAsync(zip)));
    const { files } = await openPackage(sunk);
    const links = [...(files.get("index.html")?.content.toString() ?? "").matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? "");
    const own = links.filter((link) => !/^(mailto|https):/.test(link));
    expect(own.length).toBeGreaterThan(8);
    for (const link of own) expect([...files.keys()]).toContain(link);
  });

  it("can fetch and run nothing: the policy allows its own style alone", async () => {
    const source = await page({ kinds: [messages] });
    const style = /<style>(.*?)<\/style>/s.exec(source)?.[1] ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(source).toContain(`content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`);
    expect(source).not.toMatch(/<script|<img|<link|<iframe|\son\w+=|style="|src=|url\(|@import/i);
  });

  const polyglot = `"'--></style></script><svg/onload=alert(1)>{{7*7}}\u202E\u0000\u009b`;
  it("keeps every foreign value text, and readable as it is stored", async () => {
    const source = await page(
      { kinds: [messages], subject: `@${polyglot}:test.example` as Mxid, displayName: polyglot, reference: polyglot, homeserverVersion: polyglot },
      { policy: { ...testPolicy, controller: { name: polyglot, address: polyglot }, authority: { name: polyglot, url: `javascript:alert(1)//${polyglot}` } } },
    );
    expect(source).not.toMatch(/<svg|<script|javascript:/i);
    expect(source.match(/<\/style>/g)).toHaveLength(1);
    for (const control of ["\u202E", "\u0000", "\u009b"]) expect(source).not.toContain(control);
    expect(source).toContain("&quot;&#39;--&gt;&lt;/style&gt;");
  });

  it("names kinds that were not asked for, and the period", async () => {
    const text = textOf(await page({ kinds: [messages, fakeKind("account")], scope: { kinds: ["messages"], from: "2024-01-31", to: "2024-02-29", mediaFiles: false } }));
    expect(text).toContain("31 January 2024 to 29 February 2024");
    expect(text).toContain("Kinds not asked for: Account");
  });
});

describe("html", () => {
  it("escapes values and nests what it made itself", () => {
    expect(html`<b title="${`a"b'c`}">${"<i>&`"}</b>${html`<i>${1}</i>`}${[html`<u></u>`, html`x`]}`.toString())
      .toBe("<b title=\"a&quot;b&#39;c\">&lt;i&gt;&amp;&#96;</b><i>1</i><u></u>x");
  });
});

describe("visible", () => {
  it("shows what would hide or reverse a text, and leaves scripts alone", () => {
    expect(visible("a\u202Eb\u0000c\u2066d\uFEFFe\ud800")).toBe("a□b□c□d□e\uFFFD");
    expect(visible("ليلى 李小龙 Ольга 👩‍🚀")).toBe("ليلى 李小龙 Ольга 👩‍🚀");
  });
});

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { policyOf } from "#lib/export/index-policy.ts";
import { writePackage } from "#lib/export/write.ts";
import type { Kind } from "#lib/kinds/kind.ts";
import { fakeKind, testObserver, testOrder, testPorts } from "#tests/fixtures/package.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";
import { encryptRoom } from "#tests/fixtures/megolm.ts";
import { judged } from "#tests/fixtures/gate-package.ts";
import { eventLine, packViewer, subject } from "#tests/fixtures/viewer-package.ts";
import { gardenFiles, gardenLines, gardenRooms } from "#tests/fixtures/viewer-world.ts";

const line = eventLine({ id: "$a", content: { msgtype: "m.text", body: "hello" } });
const messages: Kind = {
  ...fakeKind("messages", { rows: [{ a: 1 }] }),
  timeline: { rooms: async (_, ids) => ids.map((room_id) => ({ room_id, name: "Garden", room_type: null })) },
  async *ndjson() {
    yield Buffer.from(line);
  },
};

async function write(kind: Kind) {
  const { sunk, manifest } = await writePackage(testPorts(), testOrder({ kinds: [kind] }), testObserver(), async (zip) => Buffer.concat(await Array.fromAsync(zip)));
  return { files: (await openPackage(sunk)).files, manifest };
}

describe("the reading view in the package", () => {
  it("is a table of contents and parts, listed in the manifest and among the tag files", async () => {
    const { files, manifest } = await write(messages);
    expect(files.get("viewer/messages-0001.js")?.content.toString()).toContain("hello");
    expect(files.get("viewer/index.js")?.content.toString()).toContain("Garden");
    for (const path of ["viewer/index.js", "viewer/messages-0001.js"]) {
      expect(manifest.files.find((file) => file.path === path)?.sha256).toBe(files.get(path)?.sha256);
      expect(files.get("tagmanifest-sha256.txt")?.content.toString()).toContain(`${files.get(path)?.sha256}  ${path}\n`);
    }
  });

  it("comes with a page whose policy names its own script and style by hash, the disk, and no origin of any network", async () => {
    const page = (await write(messages)).files.get("index.html")?.content.toString() ?? "";
    const [, style = ""] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
    const [, script = ""] = /<script>(.*?)<\/script>/s.exec(page) ?? [];
    expect(script.length).toBeGreaterThan(10_000);
    const policy = policyOf(style, script);
    expect(page).toContain(`content="${policy.replaceAll("'", "&#39;")}"`);
    expect(policy).toContain(`script-src 'sha256-${createHash("sha256").update(script).digest("base64")}' file:`);
    expect(policy).not.toMatch(/https?:|\*|'self'|unsafe|data:|blob:|connect-src/);
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).toContain('<script type="application/json" id="viewer-words">');
    expect(page).toContain("With scripts switched on");
  });

  it("passes the leak gate, which knows again what the records hold", async () => {
    const secret = await encryptRoom("!secret:test.example", [{ msgtype: "m.text", body: "x" }]);
    const lines = [...gardenLines(secret.encrypted), eventLine({ id: "$token", content: { msgtype: "m.text", body: "my old one was syt_YW5uYQ_abcdefghijklmnopqrst_0aBcDe \"quoted\"" } })];
    const zip = await packViewer({ lines: () => lines, count: lines.length, rooms: gardenRooms, files: gardenFiles() });
    const { findings } = await judged(zip, { subject });
    expect(findings.filter(({ path }) => /^viewer\/|^index\.html$/.test(path))).toEqual([]);
    expect(findings.length).toBeGreaterThan(0);
  });

  it("is absent, with all script, where nothing can be read room by room, and the page says so", async () => {
    const { files } = await write(fakeKind("account", { rows: [{ a: 1 }] }));
    expect([...files.keys()].filter((path) => path.startsWith("viewer/"))).toEqual([]);
    const page = files.get("index.html")?.content.toString() ?? "";
    expect(page).not.toContain("<script");
    expect(page).toContain("This copy holds no messages");
  });
});

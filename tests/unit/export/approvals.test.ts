import { describe, expect, it } from "vitest";
import { prepareOrder } from "#lib/export/prepare-order.ts";
import type { Approval, PackageOrder } from "#lib/export/order.ts";
import { writePackage } from "#lib/export/write.ts";
import { kindsByDefault } from "#lib/kinds/kind.ts";
import type { Account } from "#lib/matrix/homeserver.ts";
import { fakeKind, ledgerRow, testObserver, testOrder, testPorts } from "#tests/fixtures/package.ts";
import type { WorkerContext } from "#lib/context.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";

const approval: Approval = { kind: "backfilled_own", at: "2026-11-21T08:00:00.000Z", reason: "Asked for, and <b>theirs</b> alone.", by: "data protection officer" };
const scope = { ...testOrder().scope, kinds: [...kindsByDefault, "backfilled_own"] as const };
const { homeserver } = testPorts();
const ports = { homeserver: { ...homeserver, account: async () => ({ displayName: "Anna" }) as Account }, db: { person: { findUnique: async () => null }, consentReceipt: { findMany: async () => [] } } as unknown as WorkerContext["db"] };
const prepare = (approvals: readonly Approval[], asked: PackageOrder["scope"] = scope) => prepareOrder(ports, { ...testOrder(), scope: asked, approvals });

const messages = fakeKind("messages", { rows: [{ a: 1 }], ledger: [ledgerRow("messages", "!a:x", { included: 1, excluded: { BACKFILLED: 2 } })] });
const rooms = fakeKind("rooms", { rows: [], ledger: [ledgerRow("rooms", "!a:x", { excluded: { BACKFILLED: 5 } })] });
const own = { ...fakeKind("backfilled_own", { rows: [{ b: 1 }, { b: 2 }], ledger: [ledgerRow("backfilled_own", "!a:x", { included: 2 })] }), path: "backfilled-own/messages" };

async function write(order: Partial<PackageOrder>) {
  const written = await writePackage(testPorts(), testOrder({ kinds: [rooms, messages, own], ...order }), testObserver(), async (zip) => Buffer.concat(await Array.fromAsync(zip)));
  const { files } = await openPackage(written.sunk);
  return { manifest: written.manifest, files, page: files.get("index.html")?.content.toString() ?? "" };
}

describe("an order", () => {
  it("holds a kind on approval only when it is asked for and approved", async () => {
    expect(await prepare([])).toMatchObject({ scope: { kinds: kindsByDefault }, approvals: [], refused: ["backfilled_own"] });
    expect(await prepare([approval])).toMatchObject({ scope: { kinds: scope.kinds }, approvals: [approval], refused: [] });
    expect(await prepare([{ ...approval, kind: "messages" }])).toMatchObject({ scope: { kinds: kindsByDefault }, refused: ["backfilled_own"] });
    expect(await prepareOrder(ports, { ...testOrder(), scope, approvals: [approval], leftOut: ["messages"] })).toMatchObject({ scope: { kinds: scope.kinds.filter((kind) => kind !== "messages") }, refused: ["messages"] });
    expect(await prepare([approval], testOrder().scope)).toMatchObject({ scope: { kinds: kindsByDefault }, approvals: [], refused: [] });
  });
});

describe("a package", () => {
  it("that was granted it has a folder of its own, and says who, when and why", async () => {
    const { manifest, files, page } = await write({ scope, approvals: [approval] });
    expect([...files.keys()].filter((path) => path.includes("backfilled"))).toEqual(["data/backfilled-own/messages.ndjson", "data/backfilled-own/messages.csv"]);
    expect(manifest.approvals).toEqual([approval]);
    expect(manifest.files.filter((file) => file.kind === "backfilled_own").map((file) => file.records)).toEqual([2, 2]);
    expect(page).toContain('<a href="data/backfilled-own/messages.csv">backfilled-own/messages.csv</a>');
    expect(page).toContain("Own messages fetched back later, on 21 November 2026");
    expect(page).toContain("Asked for, and &lt;b&gt;theirs&lt;/b&gt; alone.");
  });

  it("counts as left behind only what it does not hold", async () => {
    const gap = async (order: Partial<PackageOrder>) => (await write(order)).manifest.missing.find(({ code }) => code === "BACKFILLED");
    expect(await gap({})).toMatchObject({ count: 7, why: expect.stringMatching(/choose “Own messages fetched back later” when you ask/) as string });
    expect(await gap({ scope, approvals: [approval] })).toMatchObject({ count: 5, why: expect.stringMatching(/by others.*Your own messages that came back this way are in the package/) as string });
    expect(await gap({ scope, approvals: [approval], kinds: [messages, own] })).toBeUndefined();
  });

  it("in which a kind was left out says that it was not granted, not that nobody asked", async () => {
    const { manifest } = await write({ scope: { ...scope, kinds: kindsByDefault.filter((kind) => kind !== "sessions") }, refused: ["sessions"] });
    expect(manifest.missing.filter(({ kind }) => kind === "sessions").map(({ code, why }) => `${code} ${why.slice(0, 35)}`)).toEqual(["NOT_GRANTED The data-protection officer refused"]);
  });

  it("that was refused it says so, and has nothing of it", async () => {
    const { manifest, files, page } = await write({ refused: ["backfilled_own"] });
    expect([...files.keys()].filter((path) => path.includes("backfilled"))).toEqual([]);
    expect(manifest.approvals).toEqual([]);
    expect(page).toContain("Asked for and not granted: Own messages fetched back later");
  });

  it("that was not asked it does not name it among what was left out by choice", async () => {
    const { manifest } = await write({});
    expect(manifest.missing.filter(({ code }) => code === "NOT_ASKED" || code === "NOT_GRANTED")).toEqual([]);
  });
});

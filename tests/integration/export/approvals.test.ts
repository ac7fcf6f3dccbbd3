import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { buildExport } from "#lib/export/build.ts";
import type { Manifest } from "#lib/export/manifest.ts";
import { kindsByDefault } from "#lib/kinds/kind.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import type { SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { hostileSynapse, rooms, subject, type Hostile } from "#tests/fixtures/hostile-synapse.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { readLedger, unbalanced } from "#tests/world/ledger.ts";
import { buildWorld, sealedOf } from "./build-world.ts";

// D02, from the desk's decision to the bytes: the option off, asked and refused, asked and granted, on the same rows.
const world = buildWorld();
let synapse: Hostile;
let synapseDb: SynapseDb;
beforeAll(async () => {
  synapse = await hostileSynapse();
  synapseDb = openSynapseDb(synapse.reader);
}, 120_000);
afterAll(async () => {
  await synapseDb?.close();
  await synapse?.drop();
});
beforeEach(() => world.reset());

const words = "They are the person's own words and theirs alone.";
const withIt = { kinds: [...kindsByDefault, "backfilled_own"], from: null, to: null, mediaFiles: true };

type Built = { readonly manifest: Manifest; readonly files: Awaited<ReturnType<typeof openPackage>>["files"] };
const text = ({ files }: Built, path: string) => files.get(path)?.content.toString() ?? "";
const linesOf = (built: Built, path: string) => text(built, path).split("\n").slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>);
const ledgerOf = (built: Built) => readLedger(text(built, "data/scope-ledger.csv"));
/** Every entry that comes from Synapse, by name and SHA-256: the portal's own rows tell of the request itself. */
const elsewhere = new Set(["data/scope-ledger.csv", "data/portal.ndjson", "data/portal.csv"]);
const dataOf = ({ files }: Built) => new Map([...files].filter(([name]) => name.startsWith("data/") && !elsewhere.has(name)).map(([name, { sha256 }]) => [name, sha256]));

/** Asked, decided on the desk and built by the worker. */
async function build(given: { scope?: object; ruling?: "granted" | "refused" } = {}): Promise<Built> {
  const person = await world.db.person.findUnique({ where: { mxid: subject } });
  const personId = person?.id ?? (await makePerson(world.db, { mxid: subject })).personId;
  world.homeserver.addAccount(subject, { displayName: "Alice" });
  const { id, reference } = await makeRequest(world.db, personId, { openKey: null, ...(given.scope ? { scope: given.scope } : {}) });
  const desk = world.web(await makePerson(world.db, { operator: true }));
  await approveRequest(desk, { reference, ...(given.ruling ? { "ruling-backfilled_own": given.ruling, "reason-backfilled_own": words } : {}) });
  await buildExport(world.ctx({ synapseDb }), { requestId: id });
  const [found] = await world.db.package.findMany({ where: { requestId: id } });
  const { files } = await openPackage(Buffer.concat((await (await world.storage.open(sealedOf(found))).toArray()) as Buffer[]));
  return { files, manifest: JSON.parse(files.get("manifest.json")?.content.toString() ?? "") as Manifest };
}

let off: Built;
beforeAll(async () => {
  off = await build();
}, 60_000);

test("off: no own fetched event is a record anywhere, each is counted by room, and the package says how to ask", async () => {
  const { rows: fetched } = await synapse.rows.client.query<{ event_id: string }>("SELECT event_id FROM events WHERE stream_ordering < 0");
  const history = new Set(fetched.map((row) => row.event_id));
  const records = [...off.files.keys()].filter((name) => name.endsWith(".ndjson")).flatMap((name) => linesOf(off, name));
  expect(records.filter((record) => history.has(String(record["event_id"])))).toEqual([]);
  expect(ledgerOf(off).find((line) => line.kind === "messages" && line.room === rooms.history)?.excluded["BACKFILLED"]).toBe(2);
  expect(off.manifest.approvals).toEqual([]);
  expect(off.manifest.missing.find(({ code }) => code === "BACKFILLED")?.why).toContain("Own messages fetched back later");
});

test("granted: one folder more, with own events only; every other entry is the same byte for byte", async () => {
  const on = await build({ scope: withIt, ruling: "granted" });
  const { rows: own } = await synapse.rows.client.query<{ event_id: string; json: string; stream_ordering: string }>(
    `SELECT event_id, json, stream_ordering FROM events JOIN event_json USING (event_id) LEFT JOIN rejections USING (event_id)
      WHERE sender = $1 AND stream_ordering < 0 AND rejections.event_id IS NULL`, [subject],
  );
  const lines = linesOf(on, "data/backfilled-own/messages.ndjson");
  expect(lines.map((line) => [line["event_id"], line["stream_ordering"], line["backfilled"]]).sort()).toEqual(own.map((row) => [row.event_id, Number(row.stream_ordering), true]).sort());
  expect(own.length).toBe(4);
  const raw = text(on, "data/backfilled-own/messages.ndjson").split("\n");
  for (const { event_id, json } of own) expect(raw.find((line) => line.startsWith(`{"event_id":"${event_id}"`))?.endsWith(`,"event":${json}}`)).toBe(true);

  const [before, after] = [dataOf(off), dataOf(on)];
  expect([...after.keys()].filter((name) => name.includes("backfilled"))).toEqual(["data/backfilled-own/messages.ndjson", "data/backfilled-own/messages.csv"]);
  expect([...after].filter(([name]) => !name.startsWith("data/backfilled-own/"))).toEqual([...before]);
  expect(before.size).toBe(after.size - 2);

  const others = (built: Built) => ledgerOf(built).filter((line) => line.kind !== "backfilled_own" && line.kind !== "portal");
  expect(others(on)).toEqual(others(off));
  expect(unbalanced(ledgerOf(on))).toEqual([]);
  const counted = ledgerOf(on).filter((line) => line.kind === "backfilled_own");
  expect(counted.map(({ room, candidates, included, excluded }) => [room, candidates, included, excluded["REJECTED"], excluded["BACKFILLED"]])).toEqual([[rooms.history, 2, 2, 0, 0], [rooms.mixed, 3, 2, 1, 0]]);
  expect(on.manifest.approvals).toEqual([{ kind: "backfilled_own", at: world.clock.now().toISOString(), reason: words, by: "data protection officer" }]);
});

test("refused: the package is the one without it, and says that it was asked for", async () => {
  const refused = await build({ scope: withIt, ruling: "refused" });
  expect([...dataOf(refused).values()]).toEqual([...dataOf(off).values()]);
  expect(refused.manifest).toMatchObject({ scope: { kinds: [...kindsByDefault] }, approvals: [] });
  expect(refused.manifest.missing.find(({ code }) => code === "NOT_GRANTED")).toMatchObject({ kind: "backfilled_own" });
});

test("a request that runs without a decision on it, however that came about, is built without it", async () => {
  const { personId } = await makePerson(world.db);
  const { mxid } = await world.db.person.findUniqueOrThrow({ where: { id: personId } });
  world.homeserver.addAccount(mxid as typeof subject, { displayName: "Anna" });
  for (const row of [{ granted: [{ kind: "backfilled_own", reason: words }] }, { decidedAt: new Date(), refused: [{ kind: "backfilled_own", reason: words }] }]) {
    const { id } = await makeRequest(world.db, personId, { state: "running", openKey: null, scope: withIt, ...row });
    await buildExport(world.ctx({ synapseDb }), { requestId: id });
    const { summary } = await world.db.package.findFirstOrThrow({ where: { requestId: id } });
    expect((summary as { kinds: { kind: string }[] }).kinds.map(({ kind }) => kind)).toEqual([...kindsByDefault]);
  }
});

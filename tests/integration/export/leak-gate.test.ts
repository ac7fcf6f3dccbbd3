import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkerContext } from "#lib/context.ts";
import { buildExport } from "#lib/export/build.ts";
import { exportToFile } from "#lib/export/export-to-file.ts";
import { PackageBlocked } from "#lib/export/failures.ts";
import { kinds } from "#lib/kinds/all.ts";
import { backfilledOwn } from "#lib/kinds/backfilled-own.ts";
import type { Cell, Kind, LedgerRow, Source } from "#lib/kinds/kind.ts";
import { messages } from "#lib/kinds/messages.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { viewMyRequest } from "#lib/requests/views.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import type { SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { givenUp } from "#lib/worker/given-up.ts";
import { type Hostile, hostileSynapse, subject } from "#tests/fixtures/hostile-synapse.ts";
import { testObserver } from "#tests/fixtures/package.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { repacking, type Repack } from "#tests/fixtures/repack.ts";
import { rowsOf } from "#tests/fixtures/rows-of.ts";
import { buildWorld } from "./build-world.ts";

const world = buildWorld();
const bob = "@bob:example.org" as Mxid;
let synapse: Hostile;
let synapseDb: SynapseDb;

beforeAll(async () => {
  synapse = await hostileSynapse();
  await synapse.rows.insert("user_ips", { user_id: subject, access_token: `syt_c3ViamVjdA_${"abcdefghij".repeat(2)}_0aB1cD`, device_id: "DEV", ip: "192.0.2.1", user_agent: "App", last_seen: 1_700_000_000_000 });
  // Not the restricted role: a builder gone wrong might have been granted more as well.
  synapseDb = openSynapseDb(synapse.url);
}, 180_000);
afterAll(async () => {
  await synapseDb.close();
  await synapse.drop();
});
beforeEach(() => world.reset());

/** One build of the hostile world, as the worker does it, with what follows when it is given up. */
async function build(given: { kinds?: readonly Kind[]; repack?: Repack; granted?: boolean } = {}) {
  const officer = await makePerson(world.db, { operator: true });
  await world.db.request.deleteMany({ where: { person: { mxid: subject } } });
  await world.db.person.deleteMany({ where: { mxid: subject } });
  const person = await makePerson(world.db, { mxid: subject });
  world.homeserver.addAccount(subject, { displayName: "Alice" });
  const asked = { kinds: kinds.map((kind) => kind.id).filter((id) => given.granted || id !== "backfilled_own"), from: null, to: null, mediaFiles: false };
  const decision = given.granted ? { granted: [{ kind: "backfilled_own", reason: "asked for" }], decidedAt: new Date() } : {};
  const { id, reference } = await makeRequest(world.db, person.personId, { state: "running", scope: asked, ...decision });
  const ctx: WorkerContext = world.ctx({ synapseDb, ...(given.repack ? { storage: repacking(world.storage, given.repack) } : {}) });
  const error: unknown = await buildExport(ctx, { requestId: id }, { kinds: given.kinds ?? kinds }).then(() => null, (caught: unknown) => caught);
  if (error instanceof PackageBlocked) await givenUp(ctx)("export.build", { requestId: id }, error.failure);
  else if (error) throw error;
  // Before the desk is opened here: that is a look, and so an entry as well.
  const audit = (await world.audit(id)).map(({ event, data }) => ({ event, data }));
  return {
    id,
    blocked: error instanceof PackageBlocked,
    request: await world.db.request.findUniqueOrThrow({ where: { id }, include: { packages: true, letters: true } }),
    bytes: (await world.stored()).filter((name) => name.startsWith(id)),
    desk: await viewCase(world.web(officer), reference),
    own: await viewMyRequest(world.web(person), reference),
    audit,
  };
}

/** All kinds, one of them gone wrong. */
const instead = (wrong: Kind): readonly Kind[] => kinds.map((kind) => (kind.id === wrong.id ? wrong : kind));
const asBob = (source: Source): Source => ({ ...source, subject: bob });
const renamed = (rows: readonly LedgerRow[], kind: Kind["id"]) => rows.map((row) => ({ ...row, kind }));
const edit = (path: string, change: (text: string) => string) => (files: Map<string, Buffer>) => void files.set(path, Buffer.from(change(files.get(path)?.toString() ?? "")));
const cellsOf = (kind: Kind, change: (cells: readonly Cell[], at: number) => readonly Cell[]): Kind["csv"] => ({
  // Made here, instead of in another process.
  columns: kind.csv.columns,
  async *rows(source) {
    let at = 0;
    for await (const cells of rowsOf(kind, source)) yield change(cells, at++);
  },
});
const [devices] = kinds.filter((kind) => kind.id === "devices") as [Kind];
const secrets = (fields: Parameters<typeof tableKind>[1][0]["fields"]): Kind =>
  tableKind(devices, [{ record: "device", table: "user_ips", key: "user_id", order: ["last_seen"], fields, erasure: "expiry" }]);

const mutations: Readonly<Record<string, { given: Parameters<typeof build>[0]; finds: readonly object[] }>> = {
  "1 another sender is let through": {
    given: { kinds: instead({ ...messages, tally: (source) => messages.tally(asBob(source)), ndjson: (source) => messages.ndjson(asBob(source)) }) },
    finds: [{ code: "sender_foreign", path: "data/messages.ndjson", line: 1 }],
  },
  "2 the filter on stream_ordering is dropped": {
    given: { kinds: instead({ ...messages, tally: async (source) => renamed(await backfilledOwn.tally(source), "messages"), ndjson: backfilledOwn.ndjson, csv: backfilledOwn.csv }) },
    finds: [{ code: "ordering_negative", path: "data/messages.ndjson", line: 1 }],
  },
  "3 a column of tokens is exported": {
    given: { kinds: instead(secrets([{ name: "access_token", as: "text" }])) },
    finds: [{ code: "secret_field", path: "data/devices.ndjson", line: 1 }, { code: "secret_field", path: "data/devices.csv", line: 2 }],
  },
  "3b a column of tokens is exported under another name": {
    given: { kinds: instead(secrets([{ name: "session", as: "text", value: { sql: sql`t.access_token`, reads: ["access_token"] } }])) },
    finds: [{ code: "token", path: "data/devices.ndjson", line: 1 }, { code: "token", path: "data/devices.csv", line: 2 }],
  },
  "4 a file is not in the manifest": {
    given: { repack: { late: (files) => void files.set("viewer/left-over.json", Buffer.from("{}")) } },
    finds: [{ code: "file_unlisted", path: "viewer/left-over.json" }],
  },
  "5 a hash is made before a change": {
    given: { repack: { late: edit("data/messages.csv", (text) => text.replace("still here", "still HERE")) } },
    finds: [{ code: "hash_differs", path: "data/messages.csv" }],
  },
  "6 a line of the ledger is altered": {
    given: { repack: { files: edit("data/scope-ledger.csv", (text) => text.replace(/^(messages,!mixed:example.org,)(\d+)/m, (_, line: string, count: string) => `${line}${Number(count) - 1}`)) } },
    finds: [{ code: "ledger_unbalanced", path: "data/scope-ledger.csv" }, { code: "totals_differ", path: "data/scope-ledger.csv" }],
  },
  "7 what was fetched back is given without an approval": {
    given: { kinds: instead({ ...backfilledOwn, id: "devices", tally: async (source) => renamed(await backfilledOwn.tally(source), "devices") }) },
    finds: [{ code: "not_approved", path: "data/backfilled-own/messages.ndjson" }, { code: "ordering_negative", path: "data/backfilled-own/messages.ndjson", line: 1 }],
  },
  "8 a record is given twice and another left out": {
    given: { repack: { files: edit("data/messages.ndjson", (text) => text.split("\n").map((line, at, lines) => (at === 1 ? lines[0] : line)).join("\n")) } },
    finds: [{ code: "record_twice", path: "data/messages.ndjson", line: 2 }],
  },
  "9 the table holds other events than the lines": {
    given: { kinds: instead({ ...messages, csv: cellsOf(messages, (cells, at) => (at === 3 ? [...cells.slice(0, -1), "$somewhere-else"] : cells)) }) },
    finds: [{ code: "tables_differ", path: "data/messages.csv" }],
  },
  "10 what servers put into an event is not cut": {
    given: { repack: { files: edit("data/messages.ndjson", (text) => text.replace(/("event_id":"\$knock".*"unsigned":\{)/, `$1"knock_room_state":[{"sender":"${bob}"}],`)) } },
    finds: [{ code: "sender_foreign", path: "data/messages.ndjson" }],
  },
  "11 a membership of somebody else is let through": {
    given: { repack: { files: edit("data/rooms.ndjson", (text) => text.replaceAll(/"state_key":"(?:[^"\\]|\\.)*"/g, `"state_key":"${bob}"`)) } },
    finds: [{ code: "not_about_subject", path: "data/rooms.ndjson" }],
  },
};

describe("a builder that is wrong", () => {
  it.each(Object.keys(mutations))("%s: stopped, destroyed, and the desk says where and why", async (name) => {
    const { given, finds } = mutations[name] ?? { finds: [] };
    const { blocked, request, bytes, desk, own, audit } = await build(given);
    expect(blocked).toBe(true);
    expect(request).toMatchObject({ state: "failed", failure: "package_blocked", packages: [] });
    expect(bytes).toEqual([]);
    expect(request.letters.map((letter) => `${letter.name} ${letter.channel}`).sort()).toEqual(["dpo-failed mail", "failed notice"]);
    expect(desk.verdict).toMatchObject({ passed: false, version: 1 });
    for (const finding of finds) expect(desk.verdict?.findings).toContainEqual(expect.objectContaining(finding));
    expect(own).toMatchObject({ package: null, checked: null });
    const { version, files, records, found } = desk.verdict ?? {};
    expect(audit.find(({ event }) => event === "gate_blocked")?.data).toMatchObject({ version, files, records, found });
    expect(audit.map(({ event }) => event)).toEqual(["started", "gate_blocked", "gave_up"]);
    expect(JSON.stringify([desk.verdict, audit])).not.toMatch(/example\.org|syt_/);
  }, 60_000);
});

describe("the operator's command line", () => {
  it("writes no file that the gate stops, and says so in the audit record", async () => {
    const folder = await mkdtemp(join(tmpdir(), "gate-file-"));
    const given = mutations["1 another sender is let through"]?.given;
    const asked = { subject, reference: null, approvalReason: null, scope: { kinds: kinds.map((kind) => kind.id).filter((id) => id !== "backfilled_own"), from: null, to: null, mediaFiles: false } };
    const write = (file: string, used: readonly Kind[]) => exportToFile(world.ctx({ synapseDb }), { ...asked, kinds: used, file: join(folder, file) }, testObserver());
    await expect(write("wrong.zip", given?.kinds ?? [])).rejects.toBeInstanceOf(PackageBlocked);
    await write("right.zip", kinds);
    expect(await readdir(folder)).toEqual(["right.zip"]);
    const records = await world.db.auditRecord.findMany({ where: { actor: "cli" }, orderBy: { seq: "asc" } });
    expect(records.map(({ event }) => event)).toEqual(["gate_blocked", "gate_passed", "cli_exported"]);
    await rm(folder, { recursive: true });
  }, 60_000);
});

describe("a builder that is right", () => {
  it("passes, on the hostile world, and both desk and person see what was looked at", async () => {
    const { blocked, request, bytes, desk, own, audit } = await build();
    expect(blocked).toBe(false);
    expect([request.state, request.packages.length, bytes.length]).toEqual(["ready", 1, 1]);
    expect(desk.verdict).toMatchObject({ passed: true, found: 0, findings: [] });
    expect(own.checked).toEqual({ files: desk.verdict?.files, records: desk.verdict?.records });
    expect(audit.map(({ event }) => event)).toEqual(["started", "gate_passed", "built"]);
    expect(request.letters.map(({ name }) => name)).toEqual(["ready"]);
  }, 60_000);

  it("passes with what was fetched back, where it was granted", async () => {
    const { blocked, desk } = await build({ granted: true });
    expect([blocked, desk.verdict?.findings]).toEqual([false, []]);
  }, 60_000);
});

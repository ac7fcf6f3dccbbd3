import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WritePorts } from "#lib/export/order.ts";
import { writePackage } from "#lib/export/write.ts";
import { kinds } from "#lib/kinds/all.ts";
import { kindIds } from "#lib/kinds/kind.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { type Hostile, hostileSynapse, subject } from "#tests/fixtures/hostile-synapse.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";
import { testObserver, testOrder, testPorts } from "#tests/fixtures/package.ts";
import { installValidators } from "#tests/harness/validators-install.ts";

interface Verdicts {
  readonly bag: { readonly valid: boolean; readonly error?: string; readonly files?: number };
  readonly package: { readonly valid: boolean; readonly errors: unknown[]; readonly tasks: { name: string; type: string; valid: boolean; rows: number | null }[] };
}

let python: string;
let synapse: Hostile;
let folder: string;
let files: Awaited<ReturnType<typeof openPackage>>["files"];

/** Rows beside the hostile events: every form of column, with the values that break it. */
async function oddRows({ insert }: Hostile["rows"]): Promise<void> {
  const far = "9223372036854775807";
  await insert("push_rules", { id: 1, user_name: subject, rule_id: '=HYPERLINK("x")', priority_class: 5, priority: -7, conditions: '[{"a":1}]', actions: "[\n]" });
  await insert("push_rules_enable", { id: 1, user_name: subject, rule_id: "-1", enabled: 0 });
  await insert("devices", { user_id: subject, device_id: "D,\"\r\n;=1", display_name: "'\u0001\u202e\uFF1D1", last_seen: far, ip: null, user_agent: "", hidden: false });
  await insert("user_ips", { user_id: subject, access_token: "t", device_id: "D", ip: "::1", user_agent: "+1", last_seen: -62_135_596_800_001 });
  await insert("user_daily_visits", { user_id: subject, device_id: "D", timestamp: -1, user_agent: null });
  await insert("local_media_repository", { media_id: "m1", media_type: "text/html", media_length: 5, created_ts: 253_402_300_799_999, upload_name: "../\n=1+1.html", user_id: subject });
  await insert("local_media_repository", { media_id: "m2", media_type: "image/png", media_length: 5, created_ts: 0, upload_name: "lost", user_id: subject });
}

beforeAll(async () => {
  [python, synapse, folder] = await Promise.all([installValidators(), hostileSynapse(), mkdtemp(path.join(tmpdir(), "validators-"))]);
  await oddRows(synapse.rows);
  const synapseDb = openSynapseDb(synapse.reader);
  const openMedia: WritePorts["homeserver"]["openMedia"] = async (id) => (id === ("m1" as string) ? { content: Readable.from([Buffer.from("<b>x")]), bytes: 4 } : null);
  const policy = { ...testPolicy, controller: { name: "Eve\nPayload-Oxum: 0.0", address: "1: a\r\n\r\n2" } };
  const ports = testPorts({ synapseDb, policy, homeserver: { ...testPorts().homeserver, openMedia } });
  const order = testOrder({ subject: subject as Mxid, kinds, reference: "../letter 12/2026", scope: { kinds: kindIds, from: null, to: null, mediaFiles: true } });
  const { sunk } = await writePackage(ports, order, testObserver(), async (zip) => Buffer.concat(await Array.fromAsync(zip)));
  await synapseDb.close();
  ({ files } = await openPackage(sunk));
  for (const [name, { content }] of files) await put(name, content);
}, 300_000);
afterAll(async () => {
  await synapse?.drop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function put(name: string, content: Buffer | string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
  await writeFile(path.join(folder, name), content);
}

async function validate(): Promise<Verdicts> {
  const { stdout } = await promisify(execFile)(python, [path.resolve("tests/harness/validate-package.py"), folder], { maxBuffer: 64 * 2 ** 20 });
  return JSON.parse(stdout) as Verdicts;
}

describe("the official validators", { timeout: 120_000 }, () => {
  it("accept a package of odd and hostile rows, every table and every file of it", async () => {
    const verdicts = await validate();
    expect(verdicts.bag).toMatchObject({ valid: true, files: [...files.keys()].filter((name) => name.startsWith("data/")).length });
    expect(verdicts.package.errors).toEqual([]);
    expect(verdicts.package.valid).toBe(true);
    const rows = new Map(verdicts.package.tasks.map((task) => [task.name, task.type === "table" ? (task.rows ?? 0) : null]));
    const { files: listed } = JSON.parse(files.get("manifest.json")?.content.toString() ?? "") as { files: { path: string; records?: number }[] };
    const tables = listed.filter(({ path: name }) => name.endsWith(".csv"));
    expect(tables.length).toBeGreaterThan(kinds.length);
    for (const { path: name, records } of tables) expect([name, rows.get(name.replace("data/", "").toLowerCase())]).toEqual([name, records]);
    const { resources } = JSON.parse(files.get("datapackage.json")?.content.toString() ?? "") as { resources: { path: string; schema?: { fields: object[] } }[] };
    expect(resources.map((resource) => resource.path)).toEqual([...files.keys()].filter((name) => name.startsWith("data/")));
    for (const field of resources.flatMap((resource) => resource.schema?.fields ?? [])) expect(field).toMatchObject({ description: expect.stringMatching(/\.$/) });
  });

  it("notice a changed byte, and a cell that is not of its type", async () => {
    const name = "data/push_rules.csv";
    const content = files.get(name)?.content.toString() ?? "";
    expect(content).toContain(",-7,");
    await put(name, content.replace(",-7,", ",x7,"));
    const verdicts = await validate();
    await put(name, content);
    expect(verdicts.bag).toMatchObject({ valid: false, error: expect.stringContaining(name) });
    expect(JSON.stringify(verdicts.package.errors)).toContain("type-error");
  });

  it("are locked by hash, and nothing but bagit is built from source", async () => {
    const [wheels, source] = await Promise.all(["validators", "bagit"].map((lock) => readFile(`tests/harness/${lock}-requirements.txt`, "utf8")));
    for (const lock of [wheels, source]) for (const block of lock?.split(/\n(?=\S)/).filter((text) => !text.startsWith("#")) ?? []) expect(block).toMatch(/==.*\\\n +--hash=sha256:[0-9a-f]{64}/);
    expect(source?.match(/^\w.*==/gm)).toEqual(["bagit=="]);
  });
});

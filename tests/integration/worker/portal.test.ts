import { parse } from "csv-parse/sync";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planHash } from "#lib/erasure/plan-hash.ts";
import type { Plan } from "#lib/erasure/plan.ts";
import { unlisted } from "#lib/export/bag.ts";
import type { Manifest } from "#lib/export/manifest.ts";
import { exclusions, kindsByDefault } from "#lib/kinds/kind.ts";
import { publishedKeys } from "#lib/signing/published-keys.ts";
import { signingKey } from "#lib/signing/signer.ts";
import { openZip } from "#lib/signing/verify/open-zip.ts";
import { verifyPackage } from "#lib/signing/verify/verify-package.ts";
import { type FaultyServer, json, type Reply, startFaultyServer } from "#tests/fakes/faulty-server.ts";
import { startMas } from "#tests/fakes/mas.ts";
import { type FakeSmtp, startSmtp } from "#tests/fakes/smtp.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { goodWorkerEnv } from "#tests/fixtures/env.ts";
import { canary, type Hostile, hostileSynapse, subject } from "#tests/fixtures/hostile-synapse.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";
import { runPortal } from "#tests/harness/run-portal.ts";

let own: Awaited<ReturnType<typeof freshDb>>;
let synapse: Hostile;
let homeserver: FaultyServer;
let smtp: FakeSmtp;
let folder: string;

let version = "1.163.2";
/** As much of the homeserver as the command line asks for. */
const admin: Reply = (request, response) => {
  const path = decodeURIComponent(request.url ?? "");
  const answer = (status: number, body: unknown) => json(status, body)(request, response);
  if (path.endsWith("/account/whoami")) return answer(200, { user_id: "@admin:example.org" });
  if (path.endsWith("/server_version")) return answer(200, { server_version: version });
  if (path === `/_synapse/admin/v2/users/${subject}`) return answer(200, { name: subject, displayname: "Alice =1+1", threepids: [], creation_ts: 1 });
  if (path.includes("/v2/users?")) return answer(200, { users: [], total: 0 });
  return answer(404, { errcode: "M_NOT_FOUND" });
};

beforeAll(async () => {
  [own, synapse, homeserver, smtp, folder] = await Promise.all([freshDb(), hostileSynapse(), startFaultyServer(), startSmtp(), mkdtemp(join(tmpdir(), "portal-"))]);
  homeserver.script(admin);
}, 180_000);
afterAll(async () => {
  await Promise.all([own.drop(), synapse.drop(), homeserver.stop(), smtp.stop(), rm(folder, { recursive: true, force: true })]);
});

async function portal(args: readonly string[], env: Readonly<Record<string, string>> = {}, act?: Parameters<typeof runPortal>[2]) {
  const places = { DATABASE_URL: own.url, SYNAPSE_DATABASE_URL: synapse.reader, HOMESERVER_URL: homeserver.url, SMTP_URL: smtp.url, STORAGE: join(folder, "packages") };
  return await runPortal(args, { ...goodWorkerEnv, ...places, ...env }, act);
}

describe("portal export", () => {
  it("writes the package of odd and hostile rows: every line parses, every number balances, nothing of anybody else", async () => {
    const out = join(folder, "alice.zip");
    const { stdout, stderr, code } = await portal(["export", subject, "--out", out, "--reference", "letter 12/2026"]);
    expect([code, stderr]).toEqual([0, expect.stringContaining("Written:")]);
    const told = JSON.parse(stdout) as { bytes: number; sha256: string; totals: Manifest["totals"] };
    const zip = await readFile(out);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect(told.bytes).toBe(zip.length);

    const { files } = await openPackage(zip);
    const verdict = await verifyPackage(await openZip(new Blob([new Uint8Array(zip)])), await publishedKeys(own), { signal: new AbortController().signal, progress: () => undefined });
    expect(verdict).toMatchObject({ kind: "checked", signature: "valid", changed: [], missing: [], surplus: [] });

    const manifest = JSON.parse(files.get("manifest.json")?.content.toString() ?? "") as Manifest;
    expect(manifest).toMatchObject({ subject, server: "example.org", reference: "letter 12/2026", totals: told.totals });
    const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
    expect(manifest.files.map(({ path, sha256, bytes }) => ({ path, sha256, bytes })).sort(byPath))
      .toEqual([...files].slice(0, -unlisted.length).map(([path, file]) => ({ path, sha256: file.sha256, bytes: file.content.length })).sort(byPath));
    for (const { path, records } of manifest.files) {
      const content = files.get(path)?.content.toString() ?? "";
      if (path.endsWith(".ndjson")) {
        expect([path, content.split("\n").slice(0, -1).map((line) => JSON.parse(line) as unknown).length]).toEqual([path, records]);
      }
      if (path.endsWith(".csv")) {
        const [header, ...rows] = parse(content) as string[][];
        expect([path, rows.length]).toEqual([path, records]);
        for (const cell of [...(header ?? []), ...rows.flat()]) expect(cell).not.toMatch(/^[=+@\t\r＝＋＠]|^-(?!\d+(\.\d+)?$)/);
      }
    }

    const ledger = parse(files.get("data/scope-ledger.csv")?.content ?? "", { columns: true }) as Record<string, string>[];
    for (const line of ledger) expect(Number(line.candidates)).toBe(Number(line.included) + exclusions.reduce((sum, reason) => sum + Number(line[reason]), 0));
    const { rows } = await synapse.rows.client.query<{ n: string }>(
      "SELECT count(*) n FROM events WHERE sender = $1 OR (type = 'm.room.member' AND state_key = $1)", [subject]);
    const ownEvents = ledger.filter((line) => line.kind === "messages" || (line.kind === "rooms" && line.room));
    expect(ownEvents.reduce((sum, line) => sum + Number(line.candidates), 0)).toBeGreaterThanOrEqual(Number(rows[0]?.n));
    expect(manifest.totals.excluded.BACKFILLED).toBeGreaterThan(0);

    const everything = Buffer.concat([...files].filter(([path]) => path !== "summary.pdf").map(([, file]) => file.content)).toString();
    expect(everything).not.toContain(canary);
  });

  it("leaves an audit record that names nobody in clear", async () => {
    const records = await own.db.auditRecord.findMany({ where: { event: "cli_exported" } });
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ actor: "cli", data: { subject: expect.stringMatching(/^[0-9a-f]{32}$/), person: null, kinds: kindsByDefault.length } });
    expect(JSON.stringify(records[0]?.data)).not.toContain("Alice");
  });

  it("narrows by kind, day and media", async () => {
    const out = join(folder, "narrow.zip");
    const { code } = await portal(["export", subject, `--out=${out}`, "--kinds", "messages,account", "--from", "2020-01-01", "--to", "2020-01-31", "--no-media"]);
    expect(code).toBe(0);
    const manifest = JSON.parse((await openPackage(await readFile(out))).files.get("manifest.json")?.content.toString() ?? "") as Manifest;
    expect(manifest.scope).toEqual({ kinds: ["account", "messages"], from: "2020-01-01", to: "2020-01-31", mediaFiles: false });
    expect(manifest.totals.excluded.OUT_OF_RANGE).toBeGreaterThan(0);
  });

  it("includes what needs an approval when the operator says why, and records that", async () => {
    const out = join(folder, "included.zip");
    const { code } = await portal(["export", subject, "--out", out, "--kinds", "messages", "--no-media", "--include", "backfilled_own", "--reason", "Asked by letter of 3 May."]);
    expect(code).toBe(0);
    const { files } = await openPackage(await readFile(out));
    const manifest = JSON.parse(files.get("manifest.json")?.content.toString() ?? "") as Manifest;
    expect(manifest).toMatchObject({
      scope: { kinds: ["messages", "backfilled_own"] },
      approvals: [{ kind: "backfilled_own", at: expect.stringMatching(/^20\d\d-.*Z$/) as string, reason: "Asked by letter of 3 May.", by: "operator" }],
    });
    expect(files.get("data/backfilled-own/messages.ndjson")?.content.toString().match(/"backfilled":true/g)).toHaveLength(4);
    const records = await own.db.auditRecord.findMany({ where: { event: "kind_granted" } });
    expect(records.map(({ actor, data }) => ({ actor, data }))).toEqual([{ actor: "cli", data: { kind: "backfilled_own", subject: expect.stringMatching(/^[0-9a-f]{32}$/) as string } }]);
  });

  it("never overwrites", async () => {
    const out = join(folder, "taken.zip");
    await writeFile(out, "mine");
    expect(await portal(["export", subject, "--out", out])).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("not overwritten") });
    expect(await readFile(out, "utf8")).toBe("mine");
  });

  it.each([
    [["export", subject], 2, "--out FILE.zip"],
    [["explode"], 2, "explode is not a command"],
    [["--help"], 0, "Usage"],
  ] as const)("%j ends with %i", async (args, code, words) => {
    const answer = await portal(args);
    expect([answer.code, answer.stdout]).toEqual([code, ""]);
    expect(answer.stderr).toContain(words);
  });

  it("tells by its exit code what is wrong, and leaves no file", async () => {
    const out = (name: string) => ["--out", join(folder, name)];
    expect(await portal(["export", "@nobody:example.org", ...out("a.zip")])).toMatchObject({ code: 4, stdout: "" });
    expect(await portal(["export", subject, ...out("b.zip")], { HOMESERVER_URL: "http://127.0.0.1:9" })).toMatchObject({ code: 3 });
    expect(await portal(["export", subject, ...out("c.zip")], { SYNAPSE_DATABASE_URL: "postgres://127.0.0.1:9/synapse" })).toMatchObject({ code: 3 });
    expect(await portal(["export", subject, ...out("d.zip")], { DATABASE_URL: "postgres://127.0.0.1:9/portal" })).toMatchObject({ code: 3 });
    expect(await portal(["export", subject, ...out("e.zip")], { PACKAGE_KEY: "short" })).toMatchObject({ code: 2, stderr: expect.stringContaining("PACKAGE_KEY") });
    expect((await readdir(folder)).filter((name) => /^\.?[a-e]\.zip/.test(name))).toEqual([]);
  }, 60_000);

  it("stops at Ctrl-C and takes its part away", async () => {
    // An answer that breaks off after the interruption is no news: whoever pressed Ctrl-C is told of that.
    homeserver.script((request, response) => (request.url?.includes("server_version") ? void setTimeout(() => response.destroy(), 1000) : admin(request, response)));
    const answer = await portal(["export", subject, "--out", join(folder, "stopped.zip")], {}, (child) => {
      const timer = setInterval(() => {
        if (!homeserver.requests.at(-1)?.path.includes("server_version")) return;
        child.kill("SIGINT");
        clearInterval(timer);
      }, 50);
      child.on("close", () => clearInterval(timer));
    });
    homeserver.script(admin);
    expect(answer.code).toBe(130);
    expect((await readdir(folder)).filter((name) => name.includes("stopped"))).toEqual([]);
  }, 60_000);
});

describe("portal plan-erasure", () => {
  const tables = async () => {
    const { rows } = await synapse.rows.client.query<{ n: string }>("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) AS n FROM pg_stat_user_tables");
    return [rows[0]?.n, await own.db.auditRecord.count(), await own.db.erasurePlan.count(), await own.db.person.count()];
  };

  it("prints the plan and its hash as JSON, by the code the portal uses, and touches nothing", async () => {
    const before = await tables();
    const { stdout, stderr, code } = await portal(["plan-erasure", subject], { REDACTION_ALLOWED_PERIOD: "30d" });
    expect([code, stderr]).toEqual([0, ""]);
    const { plan, hash } = JSON.parse(stdout) as { plan: Plan; hash: string };
    expect(plan).toMatchObject({ format: { name: "matrix-privacy-portal-plan", version: 1 }, mxid: subject, homeserver: "example.org" });
    expect(planHash(plan)).toBe(hash);
    expect(plan.rooms.some(({ backfilled }) => backfilled > 0)).toBe(true);
    expect(plan.tooOldToRedact).toBeGreaterThan(0);
    expect(plan.copies.homeservers).toEqual([]);
    expect(stdout).not.toContain(canary);
    expect(await tables()).toEqual(before);
  });

  it("tells by its exit code what is wrong", async () => {
    expect(await portal(["plan-erasure", "@nobody:example.org"])).toMatchObject({ code: 4, stdout: "" });
    expect(await portal(["plan-erasure", "@ada:elsewhere.example"])).toMatchObject({ code: 2, stdout: "" });
    expect(await portal(["plan-erasure"])).toMatchObject({ code: 2, stderr: expect.stringContaining("plan-erasure @user:server") as string });
    expect(await portal(["plan-erasure", subject, "more"])).toMatchObject({ code: 2 });
    expect(await portal(["plan-erasure", subject], { SYNAPSE_DATABASE_URL: "postgres://nobody@127.0.0.1:1/none" })).toMatchObject({ code: 3, stdout: "" });
    expect(await portal(["plan-erasure", subject], { SYNAPSE_DATABASE_URL: own.url.replace(/\/[^/]+$/, "/postgres") })).toMatchObject({ code: 6, stdout: "" });
  });
});

describe("portal replay-erasures", () => {
  it("with nobody in the register does nothing, and says so in numbers", async () => {
    const { stdout, code } = await portal(["replay-erasures"], { DATA_DIR: folder });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ accounts: expect.any(Number) as number, registered: 0, already: 0, erased: 0, failed: {} });
    expect(await portal(["replay-erasures", "@a:example.org"])).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("portal check", () => {
  it("says ok when all is well, a line each", async () => {
    const { stdout, code } = await portal(["check"]);
    expect([code, stdout]).toEqual([0, expect.stringContaining("example.org, 1.163.2")]);
    expect(stdout).toContain(signingKey(Buffer.from(goodWorkerEnv.SIGNING_KEY, "base64")).kid);
    expect(stdout.trim().split("\n").map((line) => line.slice(0, 8).trim())).toEqual(["ok", "ok", "ok", "ok", "ok", "ok"]);
  });

  it("says when a homeserver is too old to erase with, and that copies are not concerned", async () => {
    for (const [old, told] of [["1.142.1", true], ["1.149.0rc1", true], ["1.150.0", false], ["2.0.0", false]] as const) {
      version = old;
      const { stdout, code } = await portal(["check"]);
      expect([code, stdout.includes("too old to erase with")]).toEqual([0, told]);
    }
    version = "1.163.2";
  });

  it("tells what is away, and what is there and wrong", async () => {
    const away = await portal(["check", "--json"], { SMTP_URL: "smtp://127.0.0.1:9", HOMESERVER_URL: "http://127.0.0.1:9" });
    expect(away.code).toBe(3);
    const { ok, checks } = JSON.parse(away.stdout) as { ok: boolean; checks: { name: string; verdict: string }[] };
    expect([ok, Object.fromEntries(checks.map(({ name, verdict }) => [name, verdict]))])
      .toEqual([false, { database: "ok", homeserver: "away", role: "ok", mail: "away", storage: "ok", signing: "ok" }]);

    const wrong = await portal(["check"], { SYNAPSE_DATABASE_URL: synapse.url, SERVER_NAME: "other.example", OPERATORS: "@privacy:other.example" });
    expect(wrong.code).toBe(6);
    expect(wrong.stdout).toContain("answers as example.org, configured is other.example");
    expect(wrong.stdout).toMatch(/FAILED\s+Role in Synapse's database: .*superuser/);
  });

  it("looks at what an erasure leans on, where it is configured", async () => {
    const mas = await startMas(() => ({ url: homeserver.url, secret: "shared" }));
    const [bridge, key] = [join(folder, "bridge.yaml"), join(folder, "signing.key")];
    await writeFile(bridge, "id: bridge\nurl: http://bridge:29318\nhs_token: a-secret-word\n");
    await writeFile(key, `ed25519 a_test ${"A".repeat(43)}\n`);
    const settings = { MAS_URL: mas.url, MAS_CLIENT_ID: mas.clientId, MAS_CLIENT_SECRET: mas.clientSecret, APPSERVICES: bridge, HOMESERVER_SIGNING_KEY: key };
    const good = await portal(["check"], settings);
    expect(good).toMatchObject({ code: 0, stdout: expect.stringMatching(/ok +Application services: bridge\nok +The homeserver's signing key: ed25519:a_test/) as unknown });

    const wrong = await portal(["check", "--json"], { ...settings, MAS_CLIENT_SECRET: "wrong", APPSERVICES: key, HOMESERVER_SIGNING_KEY: bridge });
    mas.down(503);
    const away = await portal(["check", "--json"], settings);
    await mas.stop();
    const verdicts = ({ stdout }: { stdout: string }) => (JSON.parse(stdout) as { checks: { verdict: string }[] }).checks.slice(6).map(({ verdict }) => verdict);
    expect([verdicts(wrong), verdicts(away)]).toEqual([["unfit", "unfit", "unfit"], ["away", "ok", "ok"]]);
    expect(wrong.stdout).not.toContain("a-secret-word");
  });
});

describe("portal verify-audit", () => {
  it("is content with the chain, and names the first record somebody changed", async () => {
    expect(await portal(["verify-audit"])).toMatchObject({ code: 0, stderr: expect.stringContaining("intact") });
    await own.db.$executeRaw`UPDATE "AuditRecord" SET "data" = '{"records": 0}' WHERE "seq" = (SELECT min("seq") FROM "AuditRecord")`;
    expect(await portal(["verify-audit"])).toMatchObject({ code: 7, stdout: expect.stringContaining('"problem":"changed"') });
  });
});

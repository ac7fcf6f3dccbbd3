import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { driftCheck } from "#lib/erasure/drift.ts";
import { replayErasures } from "#lib/erasure/replay.ts";
import { markOf } from "#lib/erasure/register.ts";
import { appendRegister, readRegister } from "#lib/erasure/register-file.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import type { SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { MailUnavailable } from "#lib/mail/mailer.ts";
import { away } from "#tests/fakes/eraser.ts";
import { testSecret } from "#tests/fixtures/context.ts";
import { emptySynapse } from "#tests/fixtures/empty-synapse.ts";
import { type Erasure, erasureWorld } from "./erasure-world.ts";

// After a restore (K18), and when somebody comes back (S18).
const world = erasureWorld();
const synapse = emptySynapse();
let reader: SynapseDb;
beforeAll(async () => {
  reader = openSynapseDb(synapse.reader);
}, 120_000);
afterAll(async () => {
  await reader.close();
});
beforeEach(async () => {
  world.reset();
  await world.db.erasedAccount.deleteMany();
  await rm(path.join(world.folder, "register.ndjson"), { force: true });
  await synapse.rows.client.query("DELETE FROM users; DELETE FROM erased_users; DELETE FROM local_media_repository");
});

/** The account as it stands in Synapse's tables. */
async function inTables(mxid: string, state: { deactivated: boolean; erased: boolean; media?: number; created?: number }): Promise<void> {
  await synapse.rows.client.query("DELETE FROM users WHERE name = $1", [mxid]);
  await synapse.rows.client.query("DELETE FROM erased_users WHERE user_id = $1", [mxid]);
  await synapse.rows.client.query("DELETE FROM local_media_repository WHERE user_id = $1", [mxid]);
  await synapse.rows.insert("users", { name: mxid, creation_ts: state.created ?? 0, deactivated: state.deactivated ? 1 : 0 });
  if (state.erased) await synapse.rows.insert("erased_users", { user_id: mxid });
  for (let n = 0; n < (state.media ?? 0); n += 1) await synapse.rows.insert("local_media_repository", { media_id: `m${n}${mxid}`, user_id: mxid, created_ts: 1 });
}

const known = (erasure: Erasure, redacted = true) => appendRegister(path.join(world.folder, "register.ndjson"), { mark: markOf(testSecret, erasure.mxid, 0), erasedAt: world.clock.now().toISOString(), redacted });
const replay = (erasure: Erasure) => replayErasures(erasure.ctx({ synapseDb: reader }), { eyes: erasure.eyes, pause: async () => undefined });
const drift = (erasure: Erasure) => driftCheck(erasure.ctx({ synapseDb: reader }));

describe("K18 the homeserver's database was restored from a backup", () => {
  it("whoever had been erased is erased again by the same steps, whoever had not is left alone; twice is once", async () => {
    const erasure = await world.running();
    await known(erasure);
    await inTables(erasure.mxid, { deactivated: false, erased: false, media: 3 });
    await inTables("@bea:test.example", { deactivated: false, erased: false });
    expect(await replay(erasure)).toEqual({ accounts: 2, registered: 1, already: 0, erased: 1, failed: {} });
    expect(erasure.eraser.homeserver.accounts.get(erasure.mxid)).toMatchObject({ deactivated: true, erased: true, locked: true });
    expect(erasure.eraser.homeserver.accounts.get("@bea:test.example")).toMatchObject({ deactivated: false });
    expect(erasure.eraser.unredacted(erasure.mxid).filter(({ type }) => type === "m.room.message")).toEqual([]);
    expect(await erasure.eraser.mediaCount(erasure.mxid)).toBe(0);
    expect((await world.db.auditRecord.findMany({ where: { event: "erasure_replayed" } })).map(({ data, requestId }) => [data, requestId])).toEqual([[{ redacted: true }, null]]);

    await inTables(erasure.mxid, { deactivated: true, erased: true });
    const effects = erasure.eraser.effects.length;
    expect(await replay(erasure)).toEqual({ accounts: 2, registered: 1, already: 1, erased: 0, failed: {} });
    expect(erasure.eraser.effects).toHaveLength(effects);
    // The portal's own database may have been restored too: what only the file knew is in the table again.
    expect(await world.db.erasedAccount.count()).toBe(1);
  });

  it("redacts only where that was chosen then", async () => {
    const erasure = await world.running({ small: true });
    await known(erasure, false);
    await inTables(erasure.mxid, { deactivated: false, erased: false });
    expect(await replay(erasure)).toMatchObject({ erased: 1 });
    expect(erasure.eraser.unredacted(erasure.mxid).some(({ type }) => type === "m.room.message")).toBe(true);
  });

  it("only files are back: they go, and a locked account is no obstacle", async () => {
    const erasure = await world.running({ small: true });
    await erasure.toTheEnd();
    erasure.eraser.addMedia(erasure.mxid, 4);
    await inTables(erasure.mxid, { deactivated: true, erased: true, media: 4 });
    expect(await replay(erasure)).toMatchObject({ erased: 1, failed: {} });
    expect(await erasure.eraser.mediaCount(erasure.mxid)).toBe(0);
  });

  it("an account made anew under the same name is another one", async () => {
    const erasure = await world.running({ small: true });
    await known(erasure);
    await inTables(erasure.mxid, { deactivated: false, erased: false, created: 1_800_000_000 });
    expect(await replay(erasure)).toEqual({ accounts: 1, registered: 0, already: 0, erased: 0, failed: {} });
    expect(erasure.eraser.effects).toEqual([]);
  });

  it("what fails is counted by its code, and done the next time", async () => {
    const erasure = await world.running({ small: true });
    await known(erasure);
    await inTables(erasure.mxid, { deactivated: false, erased: false });
    erasure.eraser.fault({ on: "deactivate", error: away() });
    expect(await replay(erasure)).toMatchObject({ erased: 0, failed: { homeserver_down: 1 } });
    expect(await replay(erasure)).toMatchObject({ erased: 1, failed: {} });
    expect(erasure.eraser.repeated()).toEqual([]);
  });
});

describe("S18 the nightly check", () => {
  it.each([["active again", { deactivated: false, erased: true }], ["no longer marked as erased", { deactivated: true, erased: false }], ["with files", { deactivated: true, erased: true, media: 1 }]] as const)("%s: told once, and again only when it happens again", async (_name, state) => {
    const erasure = await world.running({ small: true });
    await known(erasure);
    await inTables(erasure.mxid, { deactivated: true, erased: true });
    await drift(erasure);
    expect(erasure.mailer.sent).toEqual([]);
    await inTables(erasure.mxid, state);
    await drift(erasure);
    await drift(erasure);
    expect(erasure.mailer.sent.map(({ to }) => to)).toEqual(["dpo@test.example"]);
    const [mail] = erasure.mailer.sent;
    expect(JSON.stringify(mail)).not.toContain(erasure.mxid);
    expect((await world.db.erasedAccount.findFirstOrThrow()).driftAt).not.toBeNull();
    expect(erasure.eraser.effects).toEqual([]);

    await inTables(erasure.mxid, { deactivated: true, erased: true });
    await drift(erasure);
    expect((await world.db.erasedAccount.findFirstOrThrow()).driftAt).toBeNull();
    world.clock.advance(86_400_000);
    await inTables(erasure.mxid, state);
    await drift(erasure);
    expect(new Set(erasure.mailer.sent.map(({ messageId }) => messageId)).size).toBe(2);
  });

  it("is told when the mail server is back", async () => {
    const erasure = await world.running({ small: true });
    await known(erasure);
    await inTables(erasure.mxid, { deactivated: false, erased: false });
    erasure.mailer.fault({ error: new MailUnavailable() });
    await expect(drift(erasure)).rejects.toMatchObject({ failure: "mail_down" });
    await drift(erasure);
    expect(erasure.mailer.sent).toHaveLength(1);
  });
});

describe("the register in its file", () => {
  const entry = (n: number) => ({ mark: String(n).repeat(64), erasedAt: "2026-11-21T09:00:00.000Z", redacted: true });

  it("keeps one line an account, names nobody, and passes over what a crash cut short", async () => {
    const file = path.join(world.folder, "other", "register.ndjson");
    expect(await readRegister(file)).toEqual([]);
    await appendRegister(file, entry(1));
    await appendRegister(file, entry(1));
    await appendFile(file, '{"mark":"22222');
    await appendRegister(file, entry(3));
    expect(await readRegister(file)).toEqual([entry(1), entry(3)]);
    expect((await readFile(file, "utf8")).split("\n").filter(Boolean)).toHaveLength(3);
    await writeFile(file, "not json\n{}\n");
    expect(await readRegister(file)).toEqual([]);
  });
});

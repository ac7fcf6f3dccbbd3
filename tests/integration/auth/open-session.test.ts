import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verifyAudit } from "#lib/audit/verify.ts";
import { openSession, SIGN_INS } from "#lib/auth/open-session.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { proofOf, testDoor, type TestDoor } from "./door.ts";

let base: Awaited<ReturnType<typeof freshDb>>;
let door: TestDoor;
beforeAll(async () => {
  base = await freshDb();
});
afterAll(() => base.drop());
beforeEach(() => {
  door = testDoor(base.db);
});

const refused = (code: string, reason: string) => expect.objectContaining({ code, reason });

describe("opening a session", () => {
  test("writes person, session, spent token, audit record and job, once each", async () => {
    const proof = proofOf(door, "@anna:test.example");
    const { sessionId } = await openSession(door.ctx, proof);

    const session = await base.db.session.findUniqueOrThrow({ where: { id: sessionId }, include: { person: true } });
    expect(session).toMatchObject({ authenticatedAt: testNow, checkedAt: null, revokedAt: null, person: { mxid: "@anna:test.example", accountState: null } });
    expect(session.expiresAt).toEqual(new Date(testNow.getTime() + 60 * 60_000));
    expect(door.recorder.jobs).toEqual([{ queue: "account.read", data: { sessionId } }]);
    const records = await base.db.auditRecord.findMany({ where: { actorId: session.personId } });
    expect(records.map(({ event, actor, data }) => ({ event, actor, data }))).toEqual([{ event: "session_opened", actor: "subject", data: {} }]);
    await expect(verifyAudit(base.db)).resolves.toMatchObject({ ok: true });
    expect(door.asked).toEqual(["http://homeserver.test/_matrix/federation/v1/openid/userinfo"]);
  });

  test("stores a hash of the token, never the token", async () => {
    const proof = proofOf(door, "@bea:test.example");
    await openSession(door.ctx, proof);
    const hash = createHash("sha256").update(String(proof["access_token"])).digest("hex");
    expect(await base.db.spentToken.findUnique({ where: { hash } })).not.toBeNull();
    expect(JSON.stringify(await base.db.spentToken.findMany())).not.toContain(String(proof["access_token"]));
  });

  test("accepts a token once", async () => {
    const proof = proofOf(door, "@carl:test.example");
    await openSession(door.ctx, proof);
    await expect(openSession(door.ctx, proof)).rejects.toEqual(refused("forbidden", "token_used"));
    expect(await base.db.session.count({ where: { person: { mxid: "@carl:test.example" } } })).toBe(1);
  });

  test("of ten at once with one token, one gets in and nine leave no trace", async () => {
    const proof = proofOf(door, "@dora:test.example");
    const before = await base.db.auditRecord.count();
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => openSession(door.ctx, proof)));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of all) if (one.status === "rejected") expect(one.reason).toEqual(refused("forbidden", "token_used"));
    expect(await base.db.session.count({ where: { person: { mxid: "@dora:test.example" } } })).toBe(1);
    expect(await base.db.auditRecord.count()).toBe(before + 1);
  });

  test("two people's first sign-ins at once make two people", async () => {
    const proofs = ["@eva:test.example", "@eva:test.example", "@fred:test.example"].map((sub) => proofOf(door, sub));
    await Promise.all(proofs.map((proof) => openSession(door.ctx, proof)));
    expect(await base.db.person.count({ where: { mxid: { in: ["@eva:test.example", "@fred:test.example"] } } })).toBe(2);
  });

  test("a claimed short life does not let the token be forgotten early", async () => {
    const proof = proofOf(door, "@gina:test.example", { expires_in: 1 });
    await openSession(door.ctx, proof);
    const hash = createHash("sha256").update(String(proof["access_token"])).digest("hex");
    const spent = await base.db.spentToken.findUniqueOrThrow({ where: { hash } });
    expect(spent.expiresAt.getTime() - testNow.getTime()).toBeGreaterThanOrEqual(86_400_000);
  });

  test("a token the homeserver does not know opens nothing", async () => {
    await expect(openSession(door.ctx, { access_token: "stale", matrix_server_name: "test.example", expires_in: 3600 })).rejects.toEqual(refused("forbidden", "openid_refused"));
    expect(door.recorder.jobs).toEqual([]);
  });

  test.each(["evil.example", "TEST.EXAMPLE", "test.example:443", "test.example.", ""])("a client that says it is from %j is refused before anybody is asked", async (name) => {
    const proof = proofOf(door, "@hugo:test.example", { matrix_server_name: name });
    await expect(openSession(door.ctx, proof)).rejects.toMatchObject({ name: "DomainError" });
    expect(door.asked).toEqual([]);
  });

  test.each(["@victim:other.example", "@victim:test.example.evil", "@victim:TEST.example", "@a:b:test.example", "victim", "@victim", "@victim:test.example "])(
    "a forged sub %j is refused",
    async (sub) => {
      const people = await base.db.person.count();
      await expect(openSession(door.ctx, proofOf(door, sub))).rejects.toMatchObject({ code: "forbidden" });
      expect(await base.db.person.count()).toBe(people);
    },
  );

  test.each(["@Alice:test.example", "@alice:test.example", "@ALICE:test.example", "@аlice:test.example", "@alice\u200d:test.example", "@A\u030ake:test.example", "@\u00c5ke:test.example", "@:test.example", "@a b/c%:test.example"])(
    "%j is a person of its own, byte for byte",
    async (sub) => {
      const { sessionId } = await openSession(door.ctx, proofOf(door, sub));
      const session = await base.db.session.findUniqueOrThrow({ where: { id: sessionId }, include: { person: { include: { sessions: true } } } });
      expect(Buffer.from(session.person.mxid)).toEqual(Buffer.from(sub));
      expect(session.person.sessions).toHaveLength(1);
    },
  );

  test("what is no proof is refused without asking anybody", async () => {
    for (const input of [null, "x", {}, { access_token: "a b", matrix_server_name: "test.example" }, { access_token: "x".repeat(600), matrix_server_name: "test.example" }, { access_token: ["a"], matrix_server_name: "test.example" }]) {
      await expect(openSession(door.ctx, input)).rejects.toEqual(refused("invalid", "sign_in_malformed"));
    }
    expect(door.asked).toEqual([]);
  });

  test("closes the same browser's earlier session of the same person, and nobody else's", async () => {
    const first = await openSession(door.ctx, proofOf(door, "@ivo:test.example"));
    const other = await openSession(door.ctx, proofOf(door, "@jana:test.example"));
    await openSession(door.ctx, proofOf(door, "@ivo:test.example"), { replaces: first.sessionId });
    await openSession(door.ctx, proofOf(door, "@ivo:test.example"), { replaces: other.sessionId });
    expect((await base.db.session.findUniqueOrThrow({ where: { id: first.sessionId } })).revokedAt).toEqual(testNow);
    expect((await base.db.session.findUniqueOrThrow({ where: { id: other.sessionId } })).revokedAt).toBeNull();
  });

  test("a person who signs in all the time has to wait", async () => {
    for (let turn = 0; turn < SIGN_INS; turn++) await openSession(door.ctx, proofOf(door, "@kai:test.example"));
    await expect(openSession(door.ctx, proofOf(door, "@kai:test.example"))).rejects.toEqual(refused("too_many", "too_many_sign_ins"));
    door.clock.advance(10 * 60_000 + 1);
    await expect(openSession(door.ctx, proofOf(door, "@kai:test.example"))).resolves.toBeDefined();
  });

  test("a job that cannot be queued takes everything back, and the token stays unspent", async () => {
    const proof = proofOf(door, "@lea:test.example");
    const broken = { ...door.ctx, enqueue: () => Promise.reject(new Error("queue down")) };
    await expect(openSession(broken, proof)).rejects.toThrow("queue down");
    expect(await base.db.person.count({ where: { mxid: "@lea:test.example" } })).toBe(0);
    await expect(openSession(door.ctx, proof)).resolves.toBeDefined();
  });
});

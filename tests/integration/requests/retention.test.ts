import { beforeEach, describe, expect, test } from "vitest";
import { appendAudit } from "#lib/audit/append.ts";
import { Prisma, type PrismaClient } from "#lib/db/generated/client.ts";
import { erasedPrefix } from "#lib/requests/erased-prefix.ts";
import { endedBy, retention, toldOf, type Rule } from "#lib/requests/retention.ts";
import { messagesFor, type Messages } from "#lib/messages/messages.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld } from "./world.ts";

const world = openWorld();
beforeEach(world.reset);

const table = retention(testPolicy);
const models = Object.values(Prisma.ModelName);
const ruled = (is: Rule["is"]) => models.filter((model) => table[model].rule.is === is);
const countOf = async (db: PrismaClient, model: string) => Number((await db.$queryRawUnsafe<{ n: bigint }[]>(`SELECT count(*) AS n FROM "${model}"`))[0]?.n ?? 0n);
const counts = async () => Object.fromEntries(await Promise.all(models.map(async (model) => [model, await countOf(world.db, model)] as const)));

/** A row of everything, of somebody whose account was erased and whose last request is closed. */
async function fill(db: PrismaClient): Promise<void> {
  const person = await makePerson(db, { mxid: `${erasedPrefix}somebody` });
  const { personId } = person;
  const officer = await makePerson(db, { operator: true });
  const ofOfficer = { authorId: officer.personId, at: testNow };
  const { id: requestId } = await makeRequest(db, personId, { kind: "erasure", state: "fulfilled", closedAt: testNow, scope: {} });
  const at = testNow;
  await db.session.updateMany({ data: { revokedAt: at } });
  await db.spentToken.create({ data: { hash: "h", expiresAt: at } });
  await db.code.create({ data: { requestId, nonce: "n", createdAt: at } });
  await db.build.create({ data: { requestId } });
  await db.package.create({ data: { requestId, storageKey: "k", bytes: 1n, sha256: "s", builtAt: at, expiresAt: at, removedAt: at, summary: {} } });
  await db.letter.create({ data: { requestId, name: "ready", channel: "mail", createdAt: at } });
  await db.enquiry.create({ data: { requestId, about: "clarification", pauses: false, question: "q", askedAt: at, askedById: officer.personId } });
  await db.note.create({ data: { requestId, ...ofOfficer, text: "t" } });
  await db.attachment.create({ data: { requestId, ...ofOfficer, name: "n", mediaType: "text/plain", bytes: 1, sha256: "s", sealed: new Uint8Array(1) } });
  await db.staffView.create({ data: { at, viewerId: officer.personId, role: "operator", subjectId: personId, requestId, what: "case" } });
  await db.publicAsk.create({ data: { mxid: "@typed:test.example", kind: "export", askedAt: at, nonce: "n" } });
  await db.erasurePlan.create({ data: { personId, askedAt: at } });
  await db.erasure.create({ data: { requestId, steps: { create: { name: "media", state: "done", intendedAt: at } }, notices: { create: { target: "homeserver", name: "other.example" } } } });
  await db.certificate.create({ data: { requestId, issuedAt: at, document: {}, pdf: new Uint8Array(1), salt: "s" } });
  await db.erasedAccount.create({ data: { mark: "m", erasedAt: at, redacted: true } });
  const consentId = crypto.randomUUID();
  await db.consentRecord.create({ data: { id: consentId, personId, act: "given", via: "portal", policy: "privacy", version: "1.0", at, told: { create: {} }, receipt: { create: { document: {} } } } });
  await db.policyPublication.create({ data: { policy: "privacy", version: "1.0", publishedAt: at, notify: false } });
  await db.savedView.create({ data: { ownerId: officer.personId, name: "v", query: "state=open" } });
  await db.feedToken.create({ data: { ownerId: officer.personId, hash: "f", createdAt: at, revokedAt: at } });
  await db.$transaction((tx) => appendAudit(tx, { at, event: "fulfilled", actor: "clock", requestId }));
  await db.signingKey.create({ data: { kid: "k", publicKey: "p", firstUsedAt: at } });
  await db.unmappedData.create({ data: { name: "t", firstSeenAt: at } });
  await db.report.create({ data: { month: "2026-10", madeAt: at, numbers: {}, pdf: new Uint8Array(1) } });
  await db.heartbeat.create({ data: { id: 1, at } });
}

describe("the table of what the portal keeps", () => {
  test("says of every row that goes with another one what really goes with it", async () => {
    const cascades = await world.db.$queryRaw<{ child: string; parent: string }[]>`
      SELECT child.relname AS child, parent.relname AS parent FROM pg_constraint
      JOIN pg_class child ON child.oid = conrelid JOIN pg_class parent ON parent.oid = confrelid
      WHERE contype = 'f' AND confdeltype = 'c'`;
    const reaches = (model: string, target: string): boolean => cascades.some(({ child, parent }) => child === model && (parent === target || reaches(parent, target)));
    for (const model of ruled("with")) {
      const { rule } = table[model];
      expect(rule.is === "with" && reaches(model, rule.model), model).toBe(true);
    }
  });

  test("has words for everything a person is told of", () => {
    const said = ((messagesFor("en")["public"] as Messages)["notice"] as Messages)["kept"] as Messages;
    expect([...toldOf(testPolicy), "log", "title"].sort()).toEqual(Object.keys(said).sort());
  });

  test("knows the configured periods, and none where there is none", () => {
    expect(endedBy("Request", { ...testPolicy, retentionDays: 30 }, testNow)).toEqual(new Date("2026-10-22T09:00:00Z"));
    expect(() => endedBy("AuditRecord", testPolicy, testNow)).toThrow("no period");
  });
});

test("after a jump of the clock past every period only what may stay for good is left, and what somebody still keeps", async () => {
  await fill(world.db);
  const before = await counts();
  expect(Object.entries(before).filter(([, count]) => count === 0)).toEqual([]);

  // A day before the longest period ends everything closed is still there …
  world.clock.set(new Date(testNow.getTime() + (testPolicy.retentionDays - 1) * 86_400_000));
  await world.sweep(world.worker());
  const kept = await counts();
  for (const model of [...ruled("with"), "Request"]) expect(kept[model], model).toBe(before[model]);
  expect([kept["Session"], kept["SpentToken"], kept["PublicAsk"], kept["ErasurePlan"], kept["FeedToken"]]).toEqual([0, 0, 0, 0, 0]);

  // … and a day after it, with two sweeps because persons go when nothing refers to them any more, it is gone.
  world.clock.set(new Date(testNow.getTime() + (testPolicy.retentionDays + 1) * 86_400_000));
  await world.sweep(world.worker());
  await world.sweep(world.worker());
  const after = await counts();
  for (const model of [...ruled("days"), ...ruled("with"), "ConsentRecord"]) expect(after[model], model).toBe(0);
  for (const model of ruled("good")) expect(after[model], model).toBeGreaterThan(0);
  expect(await world.db.person.findMany({ select: { mxid: true } })).toEqual([]);
});

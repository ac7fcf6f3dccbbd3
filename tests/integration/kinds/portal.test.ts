import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { appendAudit } from "#lib/audit/append.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { portal } from "#lib/kinds/portal.ts";
import { readPortalRecords } from "#lib/kinds/portal-records.ts";
import type { Source } from "#lib/kinds/kind.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { csvOf, everything, included, linesOf } from "./reading.ts";

let db: PrismaClient;
let drop: () => Promise<void>;
let anna: Awaited<ReturnType<typeof everythingOf>>;
beforeAll(async () => {
  ({ db, drop } = await freshDb());
  anna = await everythingOf("@anna:test.example", "mine");
  await everythingOf("@Anna:test.example", "CANARY");
});
afterAll(() => drop?.());

/** A row of every table of the portal's own. SECRET may never leave. */
async function everythingOf(mxid: string, word: string) {
  const person = await makePerson(db, { mxid });
  const officer = await makePerson(db, { operator: true, mxid: `@CANARY-officer-${word}:test.example` });
  const { id: requestId, reference } = await makeRequest(db, person.personId, { state: "ready", decidedById: officer.personId, decidedAt: testNow, denialText: word });
  await db.code.create({ data: { requestId, nonce: `SECRET${word}`, hash: `SECRET${word}`, createdAt: testNow } });
  await db.letter.create({ data: { requestId, name: "ready", channel: "mail", occasion: word, state: "sent", createdAt: testNow, servedTo: ["SECRET"] } });
  await db.build.create({ data: { requestId, attempts: 2, startedAt: testNow } });
  await db.package.create({ data: { requestId, storageKey: `SECRET${word}`, wrappedKey: "SECRET", bytes: 7n, sha256: "hash", builtAt: testNow, expiresAt: testNow, summary: { note: word }, downloads: 3 } });
  await db.enquiry.create({ data: { requestId, about: "identity", pauses: true, question: word, doubt: word, askedAt: testNow, askedById: officer.personId, answer: word, answeredAt: testNow, endedAt: testNow, ended: "answered" } });
  await db.note.create({ data: { requestId, authorId: officer.personId, at: testNow, text: word } });
  await db.attachment.create({ data: { requestId, authorId: officer.personId, at: testNow, name: word, mediaType: "application/pdf", bytes: 3, sha256: "hash", sealed: Buffer.from("SECRET") } });
  await db.publicAsk.create({ data: { requestId, mxid, kind: "export", text: word, askedAt: testNow, nonce: "SECRET", hash: "SECRET", address: Buffer.from("SECRET") } });
  await db.$transaction((tx) => appendAudit(tx, { at: testNow, event: "started", actor: "worker", requestId, data: { attempt: 1 } }));
  const plan = await db.erasurePlan.create({ data: { personId: person.personId, askedAt: testNow, madeAt: testNow, hash: "hash", body: { note: word } } });
  const erasure = await makeRequest(db, person.personId, {
    kind: "erasure", state: "failed", planId: plan.id, risks: ["admin"], agreedById: officer.personId, agreedAt: testNow, notBefore: testNow, heldAt: testNow, heldById: officer.personId, holdReason: "legal_claims", holdText: word,
  });
  await db.erasure.create({
    data: {
      requestId: erasure.id, suspendedAt: testNow, memory: Buffer.from("SECRET"),
      steps: { create: { name: "media", state: "failed", intendedAt: testNow, tries: 2, facts: { deleted: 3 }, overriddenById: officer.personId, overrideReason: word } },
      notices: { create: { target: "homeserver", name: `${word}.example`, lastAt: testNow, tries: 1 } },
    },
  });
  await db.certificate.create({ data: { requestId: erasure.id, issuedAt: testNow, document: { note: word }, pdf: Buffer.from("SECRET"), salt: "SECRET" } });
  await db.consentRecord.create({ data: { id: randomUUID(), personId: person.personId, act: "given", via: "portal", policy: word, version: "1.0", at: testNow, told: { create: {} } } });
  return { person, officer, reference, erasure: erasure.reference };
}

const sourceOf = async (mxid: string) => ({ scope: everything, portal: await readPortalRecords(db, mxid as Mxid) }) as unknown as Source;

test("gives a record of every row about the person, and counts them", async () => {
  const source = await sourceOf("@anna:test.example");
  const records = source.portal.map(({ record }) => record);
  expect(records).toEqual(["person", "session", "request", "request", "build", "code", "letter", "package", "consent", "enquiry", "ask", "note", "attachment", "plan", "erasure", "step", "notice", "certificate", "audit"]);
  const person = anna.person.personId;
  const ofTheirs = { request: { personId: person } };
  const counted = await Promise.all([
    db.session.count({ where: { personId: person } }), db.request.count({ where: { personId: person } }), db.code.count({ where: ofTheirs }),
    db.letter.count({ where: ofTheirs }), db.package.count({ where: ofTheirs }), db.enquiry.count({ where: ofTheirs }), db.build.count({ where: ofTheirs }),
    db.erasurePlan.count({ where: { personId: person } }), db.erasure.count({ where: ofTheirs }), db.erasureStep.count({ where: { erasure: ofTheirs } }), db.erasureNotice.count({ where: { erasure: ofTheirs } }), db.certificate.count({ where: ofTheirs }),
    db.consentRecord.count({ where: { personId: person } }), db.publicAsk.count({ where: ofTheirs }), db.note.count({ where: ofTheirs }), db.attachment.count({ where: ofTheirs }),
  ]);
  // The person's own row and the one entry of the audit beside them.
  expect(records.length).toBe(counted.reduce((sum, n) => sum + n, 2));
  expect(included(await portal.tally(source))).toBe(records.length);
  expect((await linesOf(portal, source)).length).toBe(records.length);
});

test("names the request by its reference, and neither a secret nor an officer nor anybody else", async () => {
  const source = await sourceOf("@anna:test.example");
  const text = (await linesOf(portal, source)).join("\n") + JSON.stringify(await csvOf(portal, source));
  expect(text).not.toMatch(/SECRET|CANARY/);
  expect(text).toContain("mine");
  const named = source.portal.filter(({ record }) => !["person", "session", "consent"].includes(record)).map(({ request }) => request);
  expect(named).toEqual([anna.reference, anna.erasure, ...Array(8).fill(anna.reference), ...Array(5).fill(anna.erasure), anna.reference]);
  expect(source.portal.find(({ request, record }) => record === "request" && request === anna.erasure)?.more).toMatchObject({ risks: ["admin"], notBefore: testNow, agreedAt: testNow, heldAt: testNow, holdReason: "legal_claims", holdText: "mine" });
  expect(source.portal.find(({ record }) => record === "audit")?.more["hash"]).toMatch(/^[0-9a-f]{64}$/);
});

test("of decisions an officer took for others it says that they were taken", async () => {
  const source = await sourceOf(anna.officer.mxid);
  const decision = { record: "decision", at: testNow, request: null, until: null, count: null, more: {} };
  expect(source.portal.filter(({ record }) => record === "decision")).toEqual([
    { ...decision, what: null, state: "ready" }, { ...decision, what: "agreed", state: "failed" }, { ...decision, what: "held", state: "failed" }, { ...decision, what: "asked", state: "ready" }, { ...decision, what: "noted", state: "ready" }, { ...decision, what: "attached", state: "ready" },
  ]);
  expect(JSON.stringify(source.portal)).not.toContain(anna.reference);
});

test("of somebody who was never here there is nothing", async () => {
  expect(await readPortalRecords(db, "@nobody:test.example" as Mxid)).toEqual([]);
});

test("a table of the portal's own that refers to a person or a request is read here", () => {
  const source = readFileSync("lib/kinds/portal-records.ts", "utf8");
  const models = [...readFileSync("prisma/schema.prisma", "utf8").matchAll(/^model (\w+) \{([^}]*)\}/gm)];
  const theirs = models.filter(([, , body = ""]) => /^ {2}(?:personId|requestId) /m.test(body)).map(([, name = ""]) => name);
  expect(theirs).toContain("ErasureNotice");
  const read = (name: string) => new RegExp(`\\b${name[0]?.toLowerCase()}${name.slice(1)}(?:s)?\\b`).test(source);
  expect(theirs.filter((name) => !read(name))).toEqual([]);
});

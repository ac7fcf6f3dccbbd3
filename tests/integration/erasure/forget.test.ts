import { beforeEach, expect, it } from "vitest";
import { forget } from "#lib/erasure/forget.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { type Erasure, erasureWorld } from "./erasure-world.ts";

const world = erasureWorld();
beforeEach(() => world.reset());

const day = 86_400_000;
const forgetIt = (erasure: Erasure) => forget(erasure.ctx(), { requestId: erasure.id });
const settle = (erasure: Erasure) => Promise.all([
  world.db.letter.updateMany({ where: { requestId: erasure.id }, data: { state: "sent" } }),
  world.db.erasureNotice.updateMany({ where: { requestId: erasure.id }, data: { state: "acknowledged" } }),
]);
const isForgotten = async (erasure: Erasure) => (await world.db.person.findUniqueOrThrow({ where: { id: erasure.actor.personId } })).mxid === `erased:${erasure.id}`;

/** Everything in the portal's own tables, as text. */
async function everything(): Promise<string> {
  const tables = ["Person", "Session", "Request", "Erasure", "ErasureStep", "ErasureNotice", "ErasurePlan", "Certificate", "ErasedAccount", "Letter", "AuditRecord", "Code", "Note", "Attachment", "PublicAsk", "Enquiry"];
  const rows = await Promise.all(tables.map((table) => world.db.$queryRawUnsafe(`SELECT t::text AS row FROM "${table}" t`)));
  return JSON.stringify(rows);
}

it("waits for the last letter, then nothing of the person is left in any table", async () => {
  const erasure = await world.running();
  await erasure.toTheEnd();
  const officer = await makePerson(world.db, { operator: true });
  const casework = { requestId: erasure.id, authorId: officer.personId, at: new Date(0) };
  await world.db.request.update({ where: { id: erasure.id }, data: { evidence: "Rosa’s letter" } });
  await world.db.note.create({ data: { ...casework, text: "Rosa rang" } });
  await world.db.attachment.create({ data: { ...casework, name: "Rosa.pdf", mediaType: "application/pdf", bytes: 1, sha256: "0", sealed: Buffer.from("0") } });
  const asked = { mxid: erasure.mxid, kind: "erasure" as const, text: "I am Rosa", askedAt: new Date(0), nonce: "n" };
  await world.db.publicAsk.createMany({ data: [{ ...asked, requestId: erasure.id, address: Buffer.from("0") }, asked] });
  const review = await makeRequest(world.db, erasure.actor.personId, { kind: "consent", state: "fulfilled", scope: { about: "question", policy: "terms", text: "I am Rosa" }, answerText: "Dear Rosa" });
  await forgetIt(erasure);
  expect(await isForgotten(erasure)).toBe(false);
  expect(await everything()).toContain(erasure.mxid);
  await settle(erasure);
  await forgetIt(erasure);
  await forgetIt(erasure);
  expect(await isForgotten(erasure)).toBe(true);
  const left = await everything();
  for (const personal of [erasure.mxid, "rosa@example.org", "Rosa"]) expect(left).not.toContain(personal);
  expect(await world.db.request.findUnique({ where: { id: review.id } })).toMatchObject({ scope: { about: "question", policy: "terms", text: "" }, answerText: null });
  expect(await world.db.erasure.findUnique({ where: { requestId: erasure.id } })).toMatchObject({ memory: null });
  expect(await world.db.certificate.findUnique({ where: { requestId: erasure.id } })).toMatchObject({ salt: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
  expect(await world.db.erasurePlan.findFirst({ where: { personId: erasure.actor.personId } })).toMatchObject({ body: null });
  expect(await world.db.session.count({ where: { personId: erasure.actor.personId } })).toBe(0);
  expect((await world.audit(erasure.id)).filter(({ event }) => event === "forgotten")).toHaveLength(1);
});

it("after seven days a letter nobody takes holds it up no longer, after fourteen nobody who is to be told", async () => {
  const erasure = await world.running({ small: true });
  await erasure.toTheEnd();
  world.clock.advance(7 * day);
  await forgetIt(erasure);
  expect(await isForgotten(erasure)).toBe(false);
  await world.db.erasureNotice.updateMany({ where: { requestId: erasure.id, target: "appservice" }, data: { state: "acknowledged" } });
  world.clock.advance(7 * day);
  await forgetIt(erasure);
  expect(await isForgotten(erasure)).toBe(true);
});

it("forgets nobody whose erasure is not done", async () => {
  for (const state of ["running", "failed", "grace", "withdrawn"] as const) {
    const erasure = await world.running({ small: true, request: { state, closedAt: new Date(0) } });
    await forgetIt(erasure);
    expect(await isForgotten(erasure)).toBe(false);
  }
});

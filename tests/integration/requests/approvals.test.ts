import { beforeEach, expect, test } from "vitest";
import { verifyAudit } from "#lib/audit/verify.ts";
import { kindsByDefault } from "#lib/kinds/kind.ts";
import { renderLetter } from "#lib/mail/letters/render.ts";
import { letterFacts } from "#lib/mail/send-facts.ts";
import { apply } from "#lib/requests/apply.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { submitExport } from "#lib/requests/submit.ts";
import { viewMyRequest } from "#lib/requests/views.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld, refusal } from "./world.ts";

// Kinds on approval, from the form to the row the builder reads (issue 4 § 8).
const world = openWorld();
beforeEach(world.reset);

const everything = { kinds: kindsByDefault, from: "", to: "", mediaFiles: "yes" };
const words = "What came back is yours alone, and you asked for it.";
const yes = { "ruling-backfilled_own": "granted", "reason-backfilled_own": words };
const no = { "ruling-backfilled_own": "refused", "reason-backfilled_own": words };
const counts = { messages: { rows: 3, bytes: 300 }, backfilled_own: { rows: 12, bytes: 1200 } };

async function asked(onApproval: string[] = ["backfilled_own"]) {
  const [person, officer] = [await makePerson(world.db, { hasMail: true }), await makePerson(world.db, { operator: true })];
  const me = world.web(person);
  const { reference } = await submitExport(me, { ...everything, onApproval });
  const { id } = await world.db.request.findUniqueOrThrow({ where: { reference } });
  return { person, officer, me, desk: world.web(officer), reference, id };
}

async function confirmed(policy = testPolicy) {
  const found = await asked();
  const { to } = await apply(world.web(found.person, { policy }), found.id, { type: "confirmed", by: found.person.personId });
  await world.db.request.update({ where: { id: found.id }, data: { counts, countsReadAt: testNow } });
  return { ...found, to };
}
const rowOf = (id: string) => world.db.request.findUniqueOrThrow({ where: { id } });

test("everything is not this: only who names it asks for it", async () => {
  const plain = await asked([]);
  expect((await rowOf(plain.id)).scope).toMatchObject({ kinds: [...kindsByDefault] });
  expect((await rowOf((await asked()).id)).scope).toMatchObject({ kinds: [...kindsByDefault, "backfilled_own"] });
});

test("with automatic approval on, a request that asks for it still goes to a person, and one that does not is approved", async () => {
  const policy = { ...testPolicy, autoApproveExports: true };
  const wish = await confirmed(policy);
  expect(wish.to).toBe("review");
  expect(await rowOf(wish.id)).toMatchObject({ state: "review", decidedAt: null, granted: null });
  const plain = await asked([]);
  expect(await apply(world.web(plain.person, { policy }), plain.id, { type: "confirmed", by: plain.person.personId })).toEqual({ to: "running" });
  expect(await rowOf(plain.id)).toMatchObject({ granted: null, refused: null });
});

test("approving is not silence: without a decision and words on it nothing is approved", async () => {
  const { desk, reference, id } = await confirmed();
  await expect(approveRequest(desk, { reference })).rejects.toMatchObject({
    code: "invalid", fields: { "ruling-backfilled_own": "ruling_required", "reason-backfilled_own": "denial_text_short" },
  });
  await expect(approveRequest(desk, { reference, ...yes, "reason-backfilled_own": "ok" })).rejects.toMatchObject({ fields: { "reason-backfilled_own": "denial_text_short" } });
  expect(await rowOf(id)).toMatchObject({ state: "review", granted: null, refused: null });
});

test.each([["granted", yes], ["refused", no]] as const)("%s: row, record, pages and letter say so", async (how, ruling) => {
  const { desk, me, officer, reference, id } = await confirmed();
  expect((await viewCase(desk, reference)).wishes).toEqual([{ kind: "backfilled_own", ruling: "asked", reason: null }]);
  await approveRequest(desk, { reference, ...ruling });
  const stored = [{ kind: "backfilled_own", reason: words }];
  const row = await rowOf(id);
  expect(row).toMatchObject({ state: "running", granted: how === "granted" ? stored : [], refused: how === "refused" ? stored : [] });
  const record = (await world.audit(id)).filter(({ event }) => event.startsWith("kind_"));
  expect(record).toEqual([{ event: `kind_${how}`, actor: "operator", actorId: officer.personId, data: { kind: "backfilled_own", from: "review", to: "running" } }]);
  expect(JSON.stringify(await world.audit(id))).not.toContain(words);
  expect(await verifyAudit(world.db)).toMatchObject({ ok: true });
  const wishes = [{ kind: "backfilled_own", ruling: how, reason: words }];
  expect((await viewMyRequest(me, reference)).wishes).toEqual(wishes);
  expect((await viewCase(desk, reference)).wishes).toEqual(wishes);
  const letter = await world.db.letter.findFirstOrThrow({ where: { requestId: id, name: "approved", channel: "notice" }, include: { request: { include: { person: true } } } });
  expect((await letterFacts(world.worker(), letter, null))?.rulings).toEqual({ granted: row.granted, refused: row.refused });
});

test("how much there is of it is the desk's to know, and the person's once it is granted", async () => {
  const { desk, me, reference } = await confirmed();
  expect((await viewCase(desk, reference)).counts).toEqual(counts);
  expect((await viewMyRequest(me, reference)).counts).toEqual({ messages: counts.messages });
  await approveRequest(desk, { reference, ...yes });
  expect((await viewMyRequest(me, reference)).counts).toEqual(counts);
});

test("nobody grants their own wish, and fields about what was not asked for grant nothing", async () => {
  const officer = await makePerson(world.db, { operator: true });
  const own = await makeRequest(world.db, officer.personId, { scope: { kinds: ["account", "backfilled_own"], from: null, to: null, mediaFiles: true } });
  expect(await refusal(approveRequest(world.web(officer), { reference: own.reference, ...yes }))).toBe("forbidden own_case");
  const plain = await makeRequest(world.db, (await makePerson(world.db)).personId);
  await approveRequest(world.web(officer), { reference: plain.reference, ...yes });
  expect(await rowOf(plain.id)).toMatchObject({ state: "running", granted: null, refused: null });
  expect((await world.audit(plain.id)).map(({ event }) => event)).toEqual(["approved"]);
});

test("a copy in part: any kind is left out for a reason of the catalogue and words, told in letter, page and desk, and not counted", async () => {
  const { desk, me, reference, id } = await confirmed();
  const left = { leave: ["sessions", "messages"], leaveReason: "rights_of_others", leaveText: "Somebody else’s addresses stand in these." };
  for (const wrong of [{ leaveReason: "because" }, { leaveText: "short" }, { leave: ["backfilled_own"] }, { leave: ["no such"] }, { leave: [...kindsByDefault], ...no }]) expect(await refusal(approveRequest(desk, { reference, ...yes, ...left, ...wrong }))).toBe("invalid form");
  expect((await rowOf(id)).state).toBe("review");
  await approveRequest(desk, { reference, ...yes, ...left });
  const out = (kind: string) => ({ kind, reason: left.leaveText, code: "rights_of_others" });
  const row = await rowOf(id);
  expect(row.granted).toEqual([{ kind: "backfilled_own", reason: words }]);
  expect(new Set((row.refused as { kind: string }[]).map(({ kind }) => kind))).toEqual(new Set(["sessions", "messages"]));
  expect(row.refused).toContainEqual(out("messages"));
  expect((await world.audit(id)).filter(({ event }) => event === "kind_refused").length).toBe(2);
  const view = await viewMyRequest(me, reference);
  expect(view.wishes).toContainEqual({ ...out("messages"), ruling: "refused" });
  expect(Object.keys(view.counts ?? {})).toEqual(["backfilled_own"]);
  expect((await viewCase(desk, reference)).wishes).toContainEqual({ ...out("sessions"), ruling: "refused" });
  const letter = await world.db.letter.findFirstOrThrow({ where: { requestId: id, name: "approved" }, include: { request: { include: { person: true } } } });
  const facts = await letterFacts({ ...world.worker(), secret: "s".repeat(40) }, letter, null);
  const { text } = renderLetter("approved", facts ?? ({} as never), "en");
  for (const part of ["Art. 15(4) GDPR", left.leaveText, testPolicy.authority.name]) expect(text).toContain(part);
});

test("a plain copy is approved in part too, and what is left out is not read for it", async () => {
  const { desk, reference, id } = await asked([]);
  await world.db.request.update({ where: { id }, data: { state: "review" } });
  await approveRequest(desk, { reference, leave: "messages", leaveReason: "rights_of_others", leaveText: "These are not about you alone." });
  expect(await rowOf(id)).toMatchObject({ state: "running", refused: [{ kind: "messages" }] });
});

import { beforeEach, expect, test } from "vitest";
import { kindsByDefault } from "#lib/kinds/kind.ts";
import { submitExport } from "#lib/requests/submit.ts";
import { withdrawRequest } from "#lib/requests/withdraw.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { openWorld, outcomes, refusal } from "./world.ts";

const world = openWorld();
beforeEach(world.reset);
const everything = { kinds: kindsByDefault, from: "", to: "", mediaFiles: "yes" };

test("a request waits for its code, with the legal date of the controller's zone, a record and one job", async () => {
  const person = await makePerson(world.db);
  const { reference, existing } = await submitExport(world.web(person), { ...everything, to: "2026-01-31" });
  expect(existing).toBe(false);
  const row = await world.db.request.findUniqueOrThrow({ where: { reference }, include: { codes: true, letters: true } });
  expect(row).toMatchObject({
    state: "unconfirmed",
    kind: "export",
    personId: person.personId,
    openKey: `${person.personId}:export`,
    scope: { kinds: [...kindsByDefault], from: null, to: "2026-01-31", mediaFiles: true },
    receivedAt: testNow,
    dueOn: new Date("2026-12-21T00:00:00Z"),
    dueAt: new Date("2026-12-21T23:00:00Z"),
    wakeAt: new Date("2026-11-22T09:00:00Z"),
    confirmedAt: null,
    letters: [],
  });
  expect(row.codes).toMatchObject([{ hash: null, sentAt: null, expiresAt: null, triesLeft: 5, usedAt: null }]);
  expect(world.queue.jobs).toEqual([{ queue: "code.send", data: { codeId: row.codes[0]?.id } }]);
  expect(await world.audit(row.id)).toEqual([{ event: "submitted", actor: "subject", actorId: person.personId, data: { kind: "export" } }]);
});

test("double click, two tabs and a hundred at once: one request, and everybody gets its reference", async () => {
  const person = await makePerson(world.db);
  const ctx = world.web(person);
  const all = await Promise.all(Array.from({ length: 100 }, () => submitExport(ctx, everything)));
  expect(new Set(all.map(({ reference }) => reference)).size).toBe(1);
  expect(all.filter(({ existing }) => !existing)).toHaveLength(1);
  expect(await world.db.request.count({ where: { personId: person.personId } })).toBe(1);
  expect(await world.db.code.count({ where: { request: { personId: person.personId } } })).toBe(1);
  expect(world.queue.of("code.send")).toHaveLength(1);
}, 60_000);

test("a second one with other contents changes nothing in the first (C04)", async () => {
  const ctx = world.web(await makePerson(world.db));
  const first = await submitExport(ctx, everything);
  const second = await submitExport(ctx, { ...everything, kinds: "account", mediaFiles: "no" });
  expect(second).toEqual({ reference: first.reference, existing: true });
  expect(await world.db.request.findUnique({ where: { reference: first.reference } })).toMatchObject({ scope: { kinds: [...kindsByDefault], mediaFiles: true } });
});

test("people do not get in each other's way, and a closed request makes room for a new one", async () => {
  const [a, b] = [await makePerson(world.db), await makePerson(world.db)];
  const first = await submitExport(world.web(a), everything);
  const other = await submitExport(world.web(b), everything);
  expect(other.reference).not.toBe(first.reference);
  await withdrawRequest(world.web(a), first);
  const second = await submitExport(world.web(a), everything);
  expect(second).toMatchObject({ existing: false });
  expect(second.reference).not.toBe(first.reference);
});

test.each(["locked", "deactivated", "guest", "appservice", "unknown"] as const)("a %s account cannot ask here", async (accountState) => {
  const person = await makePerson(world.db, { accountState });
  expect(await refusal(submitExport(world.web(person), everything))).toBe("forbidden account_not_eligible");
  expect(await world.db.request.count({ where: { personId: person.personId } })).toBe(0);
});

test("a suspended account can; one nobody has looked at has to wait", async () => {
  const suspended = await makePerson(world.db, { accountState: "suspended" });
  expect(await refusal(submitExport(world.web(suspended), everything))).toBeNull();
  const unread = await makePerson(world.db, { accountState: null });
  expect(await refusal(submitExport(world.web(unread), everything))).toBe("unavailable account_unread");
});

test("bad input is told by field and leaves nothing behind", async () => {
  const person = await makePerson(world.db);
  const ctx = world.web(person);
  await expect(submitExport(ctx, { ...everything, kinds: [] })).rejects.toMatchObject({ code: "invalid", fields: { kinds: "kinds_required" } });
  await expect(submitExport(ctx, { ...everything, from: "2026-11-23" })).rejects.toMatchObject({ fields: { from: "date_future" } });
  expect(await refusal(submitExport(ctx, { ...everything, from: "2026-11-22" }))).toBeNull();
  expect(await world.db.request.count({ where: { personId: person.personId } })).toBe(1);
});

test("fifteen codes a day and person, then the way to the officer; a day later it goes on", async () => {
  const person = await makePerson(world.db);
  const ctx = world.web(person);
  for (let n = 0; n < 15; n += 1) await withdrawRequest(ctx, await submitExport(ctx, everything));
  expect(await refusal(submitExport(ctx, everything))).toBe("too_many codes_per_day");
  expect(await refusal(submitExport(world.web(await makePerson(world.db)), everything))).toBeNull();
  world.clock.advance(86_400_000);
  expect(await refusal(submitExport(ctx, everything))).toBeNull();
});

test("withdrawing: once, by the person alone, while it makes sense", async () => {
  const person = await makePerson(world.db);
  const ctx = world.web(person);
  const { id, reference } = await makeRequest(world.db, person.personId, { state: "running" });
  expect(await refusal(withdrawRequest(world.web(await makePerson(world.db)), { reference }))).toBe("not_found request");
  expect(await refusal(withdrawRequest(world.web(await makePerson(world.db, { operator: true })), { reference }))).toBe("not_found request");
  expect(await outcomes([1, 2, 3].map(() => withdrawRequest(ctx, { reference })))).toEqual({ done: 1, "conflict state_changed": 2 });
  expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ state: "withdrawn", openKey: null, wakeAt: null, closedAt: testNow });
  expect(await world.audit(id)).toEqual([{ event: "withdrawn", actor: "subject", actorId: person.personId, data: { from: "running", to: "withdrawn" } }]);
  for (const state of ["fulfilled", "denied", "expired"] as const) {
    const closed = await makeRequest(world.db, person.personId, { state });
    expect(await refusal(withdrawRequest(ctx, closed))).toBe("conflict state_changed");
  }
});

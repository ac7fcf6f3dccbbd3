import { beforeEach, describe, expect, test } from "vitest";
import type { DeskRole } from "#lib/context.ts";
import { overrideStep } from "#lib/erasure/override-step.ts";
import { listUnmapped } from "#lib/kinds/list-unmapped.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { denyRequest } from "#lib/requests/deny.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { holdErasure } from "#lib/requests/hold.ts";
import { listQueue } from "#lib/requests/queue.ts";
import { recordLook } from "#lib/requests/record-look.ts";
import { releaseRequest } from "#lib/requests/release.ts";
import { retryRequest } from "#lib/requests/retry.ts";
import { unholdErasure } from "#lib/requests/unhold.ts";
import { countLooks, whoLooked } from "#lib/requests/who-looked.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld, refusal } from "./world.ts";

const world = openWorld();
beforeEach(world.reset);

const desk = async (role: DeskRole) => world.web(await makePerson(world.db, { role }));
const text = "We could not establish that the account is yours.";
const options = { redact: true, suspend: false, leaveNow: false };

/** Every act of the desk on one case. */
const acts = {
  approve: approveRequest,
  deny: (ctx, { reference }) => denyRequest(ctx, { reference, reason: "identity_not_proven", text }),
  retry: retryRequest,
  release: (ctx, { reference }) => releaseRequest(ctx, { reference, reason: "person_confirmed" }),
  hold: (ctx, { reference }) => holdErasure(ctx, { reference, reason: "legal_claims", text }),
  unhold: unholdErasure,
  override: (ctx, { reference }) => overrideStep(ctx, { reference, step: "media", reason: text }),
} as const satisfies Record<string, (ctx: Awaited<ReturnType<typeof desk>>, input: { reference: string }) => Promise<unknown>>;

describe.each(Object.entries(acts))("%s", (_name, act) => {
  test.each([["auditor", "role_looks"], ["second", "role_second"]] as const)("is not for the role %s", async (role, reason) => {
    const person = await makePerson(world.db);
    const { id, reference } = await makeRequest(world.db, person.personId, { kind: "erasure", scope: options });
    const before = await world.db.request.findUniqueOrThrow({ where: { id } });
    expect(await refusal(act(await desk(role), { reference }))).toBe(`forbidden ${reason}`);
    expect(await world.db.request.findUniqueOrThrow({ where: { id } })).toEqual(before);
    expect(await world.audit(id)).toEqual([]);
  });
});

describe("the second of two", () => {
  const risky = { kind: "erasure" as const, scope: options, risks: ["admin"] };

  test("may not be the first", async () => {
    const { reference } = await makeRequest(world.db, (await makePerson(world.db)).personId, risky);
    expect(await refusal(approveRequest(await desk("second"), { reference }))).toBe("forbidden role_second");
  });

  test("may agree after an operator has, and only to that", async () => {
    const { id, reference } = await makeRequest(world.db, (await makePerson(world.db)).personId, { ...risky, confirmedAt: world.clock.now() });
    await approveRequest(await desk("operator"), { reference });
    const second = await desk("second");
    expect(await viewCase(second, reference)).toMatchObject({ barred: null, can: { approve: true, deny: false, hold: false, retry: false, release: false } });
    expect(await refusal(acts.deny(second, { reference }))).toBe("forbidden role_second");
    await approveRequest(second, { reference });
    expect(await world.db.request.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: "grace", decidedById: second.actor.personId });
  });

  test("may not decide their own erasure", async () => {
    const second = await desk("second");
    const { reference } = await makeRequest(world.db, second.actor.personId, { ...risky, agreedById: (await desk("operator")).actor.personId });
    expect(await refusal(approveRequest(second, { reference }))).toBe("forbidden own_case");
  });
});

describe("looking", () => {
  test("is for every role of the desk, and for nobody else", async () => {
    const person = await makePerson(world.db);
    const { reference } = await makeRequest(world.db, person.personId);
    for (const role of ["operator", "second", "auditor"] as const) {
      const ctx = await desk(role);
      expect((await viewCase(ctx, reference)).mxid).toBe(person.mxid);
      await listQueue(ctx);
      await listUnmapped(ctx);
    }
    const passerBy = world.web(await makePerson(world.db));
    for (const look of [viewCase(passerBy, reference), listQueue(passerBy), listUnmapped(passerBy)]) expect(await refusal(look)).toBe("not_found request");
  });

  test("offers an auditor nothing to press, and says why", async () => {
    const { reference } = await makeRequest(world.db, (await makePerson(world.db)).personId);
    const view = await viewCase(await desk("auditor"), reference);
    expect(view.barred).toBe("role_looks");
    expect(new Set(Object.values(view.can))).toEqual(new Set([false]));
  });

  test("at a case is recorded and told to the person, by role; reading the page again is the same look", async () => {
    const person = await makePerson(world.db);
    const { id, reference } = await makeRequest(world.db, person.personId);
    const auditor = await desk("auditor");
    await viewCase(auditor, reference);
    world.clock.advance(14 * 60_000);
    await viewCase(auditor, reference);
    world.clock.advance(2 * 60_000);
    await viewCase(auditor, reference);
    await viewCase(await desk("operator"), reference);
    const me = world.web(person);
    expect((await whoLooked(me)).map(({ role, what, reference: of }) => [role, what, of])).toEqual([["operator", "case", reference], ["auditor", "case", reference], ["auditor", "case", reference]]);
    expect(await countLooks(me)).toBe(3);
    expect(JSON.stringify(await whoLooked(me))).not.toContain(auditor.actor.personId);
    expect(await world.audit(id)).toMatchObject([
      { event: "looked", actor: "operator", actorId: auditor.actor.personId, data: { what: "case", role: "auditor" } },
      { event: "looked" },
      { event: "looked", data: { role: "operator" } },
    ]);
  });

  test("at one's own case is no look, and somebody else sees none of it", async () => {
    const officer = await desk("operator");
    const { id, reference } = await makeRequest(world.db, officer.actor.personId);
    await viewCase(officer, reference);
    expect(await world.db.staffView.count({ where: { requestId: id } })).toBe(0);
    const person = await makePerson(world.db);
    const other = await makeRequest(world.db, person.personId);
    await viewCase(officer, other.reference);
    expect(await whoLooked(world.web(await makePerson(world.db)))).toEqual([]);
  });

  test("hands out nothing that it cannot record", async () => {
    const person = await makePerson(world.db);
    const { id } = await makeRequest(world.db, person.personId);
    const officer = await desk("operator");
    await world.db.$executeRaw`ALTER TABLE "StaffView" ADD CONSTRAINT full_disk CHECK ("what" <> 'case') NOT VALID`;
    try {
      await expect(recordLook(officer, { subjectId: person.personId, requestId: id, what: "case" })).rejects.toThrow();
    } finally {
      await world.db.$executeRaw`ALTER TABLE "StaffView" DROP CONSTRAINT full_disk`;
    }
    expect(await world.audit(id)).toEqual([]);
  });
});

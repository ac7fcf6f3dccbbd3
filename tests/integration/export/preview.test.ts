import { beforeEach, describe, expect, it } from "vitest";
import type { WorkerContext } from "#lib/context.ts";
import { buildExport } from "#lib/export/build.ts";
import { downloadPackage } from "#lib/export/download.ts";
import { handOutPackage } from "#lib/export/hand-out.ts";
import { removePackage } from "#lib/export/remove.ts";
import { answerEnquiry } from "#lib/requests/answer-enquiry.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { askPerson } from "#lib/requests/ask-person.ts";
import { denyRequest } from "#lib/requests/deny.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { viewMyRequest } from "#lib/requests/views.ts";
import { fakeKind } from "#tests/fixtures/package.ts";
import { makePerson } from "#tests/fixtures/people.ts";
import { outcomes, refusal } from "#tests/integration/requests/world.ts";
import { buildWorld } from "./build-world.ts";

const world = buildWorld();
const day = 86_400_000;
beforeEach(() => world.reset());

const kinds = [fakeKind("account_data", { rows: [{ content: "hello" }] })];

/** Approved with a look first, and built. */
async function previewed() {
  const made = await world.running({ state: "review" });
  const desk = world.web(await makePerson(world.db, { operator: true }));
  const { id, reference } = made;
  await approveRequest(desk, { reference, preview: "yes" });
  await buildExport(world.ctx(), { requestId: id }, { kinds });
  const row = () => world.db.request.findUniqueOrThrow({ where: { id }, include: { packages: true, letters: true } });
  const fetch = () => refusal(downloadPackage(world.web(made.actor, { storage: world.storage }), { reference, range: undefined, ifRange: undefined }));
  return { ...made, desk, row, fetch, me: world.web(made.actor) };
}

describe("a package the officer wants to see first", () => {
  it("is built, checked and shown on the desk with ledger and verdict, and nobody can fetch it", async () => {
    const { desk, reference, row, fetch, me } = await previewed();
    expect(await row()).toMatchObject({ state: "review", previewFirst: true, packages: [{ removedAt: null }] });
    expect((await row()).letters.map(({ name, channel }) => `${name} ${channel}`).sort()).toEqual(["approved notice", "dpo-preview mail"]);
    expect(await viewCase(desk, reference)).toMatchObject({ verdict: { passed: true }, package: { summary: { totals: { included: 1 } } }, can: { handOut: true, approve: false, deny: true, retry: false } });
    expect(await viewMyRequest(me, reference)).toMatchObject({ state: "review", checking: true, package: null, checked: null, whoseMove: "operator", can: { download: false, withdraw: true } });
    expect(await fetch()).toBe("not_found package");
  });

  it("is handed out once, told to the person then, and its days count from then", async () => {
    const { desk, reference, id, row, me, fetch } = await previewed();
    world.clock.advance(3 * day);
    const other = world.web(await makePerson(world.db, { operator: true }));
    expect(await outcomes([handOutPackage(desk, { reference }), handOutPackage(other, { reference }), handOutPackage(desk, { reference })])).toEqual({ done: 1, "conflict state_changed": 2 });
    const expiresAt = new Date(world.clock.now().getTime() + 7 * day);
    expect(await row()).toMatchObject({ state: "ready", wakeAt: expiresAt, packages: [{ expiresAt }] });
    expect((await row()).letters.map(({ name }) => name)).toContain("ready");
    expect((await world.audit(id)).map(({ event }) => event).filter((event) => event !== "looked")).toEqual(["approved", "started", "gate_passed", "built", "handed_out"]);
    expect(await viewMyRequest(me, reference)).toMatchObject({ state: "ready", checking: false, can: { download: true } });
    // A fresh proof is asked for, and nothing else stands in the way.
    expect(await fetch()).toBe("forbidden proof_too_old");
  });

  it("stays though its first date has passed, when it was handed out while it was about to be removed", async () => {
    const { desk, reference, row } = await previewed();
    const [found] = (await row()).packages;
    world.clock.advance(8 * day);
    // The job has read the row, and then it is handed out.
    const slow = world.db.$extends({ query: { package: { findUnique: async ({ args, query }) => {
      const seen = await query(args);
      await handOutPackage(desk, { reference });
      return seen;
    } } } });
    await removePackage(world.ctx({ db: slow as unknown as WorkerContext["db"] }), { packageId: found?.id ?? "" });
    expect((await row()).packages).toMatchObject([{ removedAt: null, wrappedKey: expect.any(String) as string }]);
    expect((await row()).state).toBe("ready");
  });

  it("is destroyed when nobody hands it out in time, and is built anew by approving again", async () => {
    const { desk, reference, id, row } = await previewed();
    world.clock.advance(8 * day);
    await removePackage(world.ctx(), { packageId: (await row()).packages[0]?.id ?? "" });
    expect((await world.stored()).filter((name) => name.startsWith(id))).toEqual([]);
    expect(await refusal(handOutPackage(desk, { reference }))).toBe("conflict state_changed");
    expect(await viewCase(desk, reference)).toMatchObject({ state: "review", can: { handOut: false, approve: true } });
    await approveRequest(desk, { reference });
    await buildExport(world.ctx(), { requestId: id }, { kinds });
    expect(await row()).toMatchObject({ state: "ready", previewFirst: false });
  });

  it("is not handed out while the person is asked something", async () => {
    const { desk, reference, me } = await previewed();
    await askPerson(desk, { reference, about: "clarification", question: "Do you want the pictures too?", doubt: "" });
    expect(await refusal(handOutPackage(desk, { reference }))).toBe("conflict enquiry_open");
    expect((await viewCase(desk, reference)).can).toMatchObject({ handOut: false, approve: false });
    await answerEnquiry(me, { reference, answer: "No, only what I wrote." });
    expect((await viewCase(desk, reference)).can).toMatchObject({ handOut: true, approve: false });
    await handOutPackage(desk, { reference });
  });

  it("goes with a refusal", async () => {
    const { desk, reference, id, row } = await previewed();
    world.queue.clear();
    await denyRequest(desk, { reference, reason: "rights_of_others", text: "It holds letters of other people." });
    const [found] = (await row()).packages;
    expect(world.queue.of("package.remove")).toEqual([{ queue: "package.remove", data: { packageId: found?.id } }]);
    await removePackage(world.ctx(), { packageId: found?.id ?? "" });
    expect((await world.stored()).filter((name) => name.startsWith(id))).toEqual([]);
  });

  it("is handed out by those who decide, and by nobody for themselves", async () => {
    const { reference, actor } = await previewed();
    const by = async (given: Parameters<typeof makePerson>[1]) => refusal(handOutPackage(world.web(await makePerson(world.db, given)), { reference }));
    expect(await by({})).toBe("not_found request");
    expect(await by({ role: "auditor" })).toBe("forbidden role_looks");
    expect(await by({ role: "second" })).toBe("forbidden role_second");
    expect(await refusal(handOutPackage(world.web({ ...actor, role: "operator", operator: true }), { reference }))).toBe("forbidden own_case");
  });
});

import { beforeEach, expect, it } from "vitest";
import { listMySteps, listSteps } from "#lib/erasure/list-steps.ts";
import { overrideStep } from "#lib/erasure/override-step.ts";
import { stepNames } from "#lib/erasure/step-names.ts";
import { retryRequest } from "#lib/requests/retry.ts";
import { refused } from "#tests/fakes/eraser.ts";
import { makePerson } from "#tests/fixtures/people.ts";
import { refusal } from "#tests/integration/requests/world.ts";
import { type Erasure, erasureWorld } from "./erasure-world.ts";

const world = erasureWorld();
beforeEach(() => world.reset());

const reason = "The files are gone, the counter of the store is wrong.";
const officer = async () => world.web(await makePerson(world.db, { operator: true, at: world.clock.now() }));

async function failed(): Promise<Erasure> {
  const erasure = await world.running({ small: true });
  erasure.eraser.fault({ on: "mediaCount", error: refused() });
  expect(await erasure.toTheEnd()).toBe("failed");
  return erasure;
}

it("lets a failed step be left out, in words that are kept beside the audit record", async () => {
  const erasure = await failed();
  const ctx = await officer();
  expect(await overrideStep(ctx, { reference: erasure.reference, step: "media", reason })).toEqual({ reference: erasure.reference });
  expect(await erasure.step("media")).toMatchObject({ state: "overridden", overrideReason: reason, overriddenById: ctx.actor.personId });
  expect((await world.audit(erasure.id)).at(-1)).toEqual({ event: "step_overridden", actor: "operator", actorId: ctx.actor.personId, data: { step: "media" } });
  expect(await erasure.state()).toBe("failed");
  await retryRequest(ctx, { reference: erasure.reference });
  expect(await erasure.toTheEnd()).toBe("fulfilled");
  expect(await erasure.eraser.mediaCount(erasure.mxid)).toBe(2);
  const { document } = await world.db.certificate.findUniqueOrThrow({ where: { requestId: erasure.id } });
  expect((document as { certificate: { overridden: unknown } }).certificate.overridden).toEqual([{ step: "media", reason }]);
});

it("is for operators, of other people's cases, of steps that failed, with a reason", async () => {
  const erasure = await failed();
  const { reference } = erasure;
  const ctx = await officer();
  const nobody = world.web(await makePerson(world.db, { at: world.clock.now() }));
  const themselves = world.web({ ...erasure.actor, operator: true, role: "operator" });
  const of = (given: object) => ({ reference, step: "media", reason, ...given });
  expect(await refusal(overrideStep(nobody, of({})))).toBe("not_found request");
  expect(await refusal(overrideStep(themselves, of({})))).toBe("forbidden own_case");
  expect(await refusal(overrideStep(ctx, of({ step: "leave" })))).toBe("conflict step_not_failed");
  for (const wrong of [{ step: "remember" }, { step: "nothing" }, { reason: "short" }, { reason: "x".repeat(2001) }]) expect(await refusal(overrideStep(ctx, of(wrong)))).toBe("invalid form");
  for (const wrong of [null, {}, { reference }, { reference, step: 1, reason: {} }]) expect(["not_found request", "invalid form"]).toContain(await refusal(overrideStep(ctx, wrong)));
  expect((await erasure.step("media"))?.state).toBe("failed");
  await retryRequest(ctx, { reference });
  expect(await refusal(overrideStep(ctx, of({})))).toBe("conflict step_not_failed");
});

it("of two operators at the same moment one is first", async () => {
  const erasure = await failed();
  const [one, two] = [await officer(), await officer()];
  const said = await Promise.all([one, two].map((ctx) => refusal(overrideStep(ctx, { reference: erasure.reference, step: "media", reason }))));
  expect(said.sort()).toEqual(["conflict step_not_failed", null].sort());
});

it("shows the steps to the desk and to the person, whose eyes the operators' words are not for", async () => {
  const erasure = await failed();
  const ctx = await officer();
  await overrideStep(ctx, { reference: erasure.reference, step: "media", reason });
  const desk = await listSteps(ctx, erasure.reference);
  expect(desk.steps.map(({ name }) => name)).toEqual(stepNames);
  expect(desk.steps.find(({ name }) => name === "media")).toMatchObject({ state: "overridden", overrideReason: reason, tries: 1 });
  expect(desk.steps.find(({ name }) => name === "verify")).toMatchObject({ state: "waiting", begunAt: null });
  const mine = await listMySteps(world.web(erasure.actor), erasure.reference);
  expect(JSON.stringify(mine)).not.toContain(reason);
  expect(await refusal(listMySteps(world.web(await makePerson(world.db)), erasure.reference))).toBe("not_found request");
  expect(await refusal(listSteps(world.web(erasure.actor), erasure.reference))).toBe("not_found request");
});

import { beforeEach, describe, expect, test } from "vitest";
import { letterFacts } from "#lib/mail/send-facts.ts";
import { answerEnquiry } from "#lib/requests/answer-enquiry.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { askPerson } from "#lib/requests/ask-person.ts";
import { denyRequest } from "#lib/requests/deny.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { endEnquiry } from "#lib/requests/end-enquiry.ts";
import { listMyRequests, viewMyRequest } from "#lib/requests/views.ts";
import { withdrawRequest } from "#lib/requests/withdraw.ts";
import { day } from "#lib/requests/timing.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { ask, castClock, doubt, extend, lettersOf, question, uk, words } from "./clock-cast.ts";
import { openWorld, outcomes, refusal } from "./world.ts";

const world = openWorld();
beforeEach(world.reset);


const cast = (...given: Tail<Parameters<typeof castClock>>) => castClock(world, ...given);
const letters = (requestId: string) => lettersOf(world, requestId);
type Tail<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never;

const acts = {
  extend,
  ask,
  end: (ctx: Parameters<typeof endEnquiry>[0], reference: string) => endEnquiry(ctx, { reference, how: "dropped" }),
} as const;

describe.each(Object.entries(acts))("%s", (name, act) => {
  const start = async () => {
    const made = await cast();
    if (name === "end") await ask(made.desk, made.reference);
    world.clock.advance(day);
    return { ...made, before: await world.audit(made.id) };
  };

  test("is for operators, and never for one's own case", async () => {
    const { reference, id, me, before } = await start();
    expect(await refusal(act(me, reference))).toBe("not_found request");
    for (const [role, why] of [["auditor", "role_looks"], ["second", "role_second"]] as const) {
      expect(await refusal(act(world.web(await makePerson(world.db, { role })), reference))).toBe(`forbidden ${why}`);
    }
    const officer = await makePerson(world.db, { operator: true });
    const own = await makeRequest(world.db, officer.personId);
    expect(await refusal(act(world.web(officer), own.reference))).toBe("forbidden own_case");
    expect(await world.audit(id)).toEqual(before);
  });

  test.each(["unconfirmed", "running", "ready", "fulfilled", "denied"] as const)("cannot happen in %s", async (state) => {
    const { reference, desk, id } = await cast({ state });
    expect(await refusal(act(desk, reference))).toMatch(/^conflict (state_changed|no_enquiry)$/);
    expect(await world.audit(id)).toEqual([]);
  });

  test("eight at once are one", async () => {
    const { reference, desk, id, before } = await start();
    expect((await outcomes(Array.from({ length: 8 }, () => act(desk, reference))))["done"]).toBe(1);
    expect((await world.audit(id)).filter(({ event }) => event === { extend: "extended", ask: "asked", end: "enquiry_ended" }[name])).toHaveLength(1);
    expect((await world.audit(id)).length).toBeGreaterThan(before.length);
  });
});

describe("a question", () => {
  test("of identity stops the clock; the answer adds the days, tells the officer, and both sides and the record say the same", async () => {
    const { reference, id, desk, me, officer, person, row } = await cast();
    await ask(desk, reference);
    expect(await row()).toMatchObject({ pausedAt: world.clock.now(), askedAt: world.clock.now(), dueOn: new Date("2026-10-05") });
    expect(await letters(id)).toEqual(["asked notice", "asked mail"]);
    expect(await viewMyRequest(me, reference)).toMatchObject({ whoseMove: "person", asked: true, enquiry: { question, doubt }, can: { answer: true }, explanation: { key: "still", values: { since: "2026-09-10" } } });
    expect(await listMyRequests(me)).toMatchObject([{ pausedAt: world.clock.now(), asked: true }]);
    expect(await viewCase(desk, reference)).toMatchObject({ daysLeft: null, extensionBarred: "clock_stopped", can: { approve: false, ask: false, extend: false, endEnquiry: true, deny: true } });
    world.clock.set("2026-09-17T06:00:00Z");
    await answerEnquiry(me, { reference, answer: "The compost room." });
    expect(await row()).toMatchObject({ pausedAt: null, askedAt: null, dueOn: new Date("2026-10-12"), dueAt: new Date("2026-10-12T22:00:00Z"), wakeAt: new Date("2026-10-05T22:00:00Z") });
    expect(await letters(id)).toEqual(["asked notice", "asked mail", "dpo-answered mail"]);
    const [mine, theirs] = [await viewMyRequest(me, reference), await viewCase(desk, reference)];
    expect(mine.explanation).toEqual(theirs.explanation);
    expect(mine.explanation).toMatchObject({ key: "moved", values: { days: 7, raw: "2026-10-10", due: "2026-10-12" }, segments: [{ kind: "pause", from: "2026-09-10", to: "2026-09-17", days: 7 }] });
    expect((await world.audit(id)).filter(({ event }) => event !== "looked").map(({ event, actor, actorId, data }) => [event, actor, actorId, data])).toEqual([
      ["asked", "operator", officer.personId, { about: "identity", from: "review", to: "review" }],
      ["paused", "worker", null, { stop: "pause", from: "review", to: "review" }],
      ["answered", "subject", person.personId, { from: "review", to: "review" }],
      ["resumed", "worker", null, { start: "2026-09-03", days: 7, due: "2026-10-12", from: "review", to: "review" }],
    ]);
    const turns = await world.db.auditRecord.findMany({ where: { requestId: id, event: { in: ["paused", "resumed"] } }, orderBy: { seq: "asc" } });
    expect(turns.map(({ at }) => at.toISOString().slice(0, 10))).toEqual(["2026-09-10", "2026-09-17"]);
    expect(JSON.stringify(await world.audit(id))).not.toMatch(/compost|Two people|rooms do you/);
    // Two months more after a pause: three from the start, and the days.
    await extend(desk, reference);
    expect((await row()).dueOn).toEqual(new Date("2026-12-10"));
  });

  test("about what is meant stops it only where the controller says so, or in the UK", async () => {
    for (const [policy, stops] of [[testPolicy, false], [{ ...testPolicy, clarificationPauses: true }, true], [uk, true]] as const) {
      const { reference, desk, me, row } = await cast({}, policy);
      await ask(desk, reference, "clarification");
      const { pausedAt } = await row();
      expect(pausedAt !== null).toBe(stops);
      world.clock.advance(3 * day);
      await answerEnquiry(me, { reference, answer: "All of it" });
      expect((await row()).dueOn).toEqual(new Date(stops ? "2026-10-06" : "2026-10-05"));
    }
  });

  test("in the UK what shows who asks moves the start; a question that was dropped moved nothing", async () => {
    const got = await cast({}, uk);
    await ask(got.desk, got.reference);
    world.clock.set("2026-09-24T10:00:00Z");
    expect((await viewCase(got.desk, got.reference)).forecast.endedTo).toEqual({ satisfied: "2026-10-26", dropped: "2026-10-05" });
    await endEnquiry(got.desk, { reference: got.reference, how: "satisfied" });
    expect(await got.row()).toMatchObject({ dueOn: new Date("2026-10-26"), pausedAt: null });
    const dropped = await cast({}, uk);
    await ask(dropped.desk, dropped.reference);
    world.clock.set("2026-10-20T10:00:00Z");
    await endEnquiry(dropped.desk, { reference: dropped.reference, how: "dropped" });
    // Over already: looked at at once, so that the officer hears it.
    expect(await dropped.row()).toMatchObject({ dueOn: new Date("2026-10-05"), wakeAt: world.clock.now() });
    expect(await letters(dropped.id)).toContain("enquiry-ended mail");
    await world.sweep(world.worker({ policy: uk }));
    expect(await letters(dropped.id)).toContain("dpo-reminder mail");
  });

  test("after the date has passed stops nothing", async () => {
    const { reference, desk, row } = await cast();
    world.clock.set("2026-10-05T22:00:00Z");
    await ask(desk, reference);
    expect((await row()).pausedAt).toBeNull();
  });

  test.each([
    [{ about: "", question, doubt }, { about: "enquiry_about" }],
    [{ about: "identity", question: "Who?", doubt }, { question: "question_short" }],
    [{ about: "identity", question, doubt: "" }, { doubt: "doubt_required" }],
    [{ about: "identity", question, doubt: undefined }, { doubt: "doubt_required" }],
  ])("not without its words: %j", async (given, fields) => {
    const { reference, desk, row } = await cast();
    await expect(askPerson(desk, { reference, ...given })).rejects.toMatchObject({ code: "invalid", fields });
    expect((await row()).pausedAt).toBeNull();
  });

  test("is answered by the person alone, once, in words", async () => {
    const { reference, desk, me } = await cast();
    expect(await refusal(answerEnquiry(me, { reference, answer: "Before anybody asked" }))).toBe("conflict no_enquiry");
    await ask(desk, reference);
    await expect(answerEnquiry(me, { reference, answer: "  " })).rejects.toMatchObject({ fields: { answer: "answer_required" } });
    expect(await refusal(answerEnquiry(world.web(await makePerson(world.db)), { reference, answer: "I am them" }))).toBe("not_found request");
    expect(await refusal(answerEnquiry(desk, { reference, answer: "I am them" }))).toBe("not_found request");
    await answerEnquiry(me, { reference, answer: "The compost room" });
    expect(await refusal(answerEnquiry(me, { reference, answer: "Another" }))).toBe("conflict no_enquiry");
  });

  test("nothing is decided while it is open, but a refusal, which ends it", async () => {
    const { reference, id, desk, row } = await cast();
    await ask(desk, reference, "clarification");
    expect(await refusal(ask(desk, reference))).toBe("conflict enquiry_open");
    expect(await refusal(approveRequest(desk, { reference }))).toBe("conflict enquiry_open");
    await denyRequest(desk, { reference, reason: "identity_not_proven", text: words });
    expect(await row()).toMatchObject({ state: "denied", askedAt: null });
    expect(await world.db.enquiry.findFirst({ where: { requestId: id } })).toMatchObject({ ended: "closed", endedAt: world.clock.now() });
  });

  test("that is open when the person withdraws leaves a date the clock had not reached", async () => {
    const { reference, desk, me, row } = await cast();
    await ask(desk, reference);
    world.clock.set("2026-11-02T10:00:00Z");
    await withdrawRequest(me, { reference });
    const { dueAt, closedAt, pausedAt } = await row();
    expect(pausedAt).toBeNull();
    expect(Number(dueAt)).toBeGreaterThan(Number(closedAt));
  });

  test.each(["identity", "clarification"])("about %s: answered and ended at once, asked and approved at once: one of them", async (about) => {
    for (let round = 0; round < 6; round += 1) {
      const { reference, id, desk, me, row } = await cast();
      await ask(desk, reference, about);
      world.clock.advance(day);
      const ended = await outcomes([answerEnquiry(me, { reference, answer: "The compost room" }), endEnquiry(desk, { reference, how: "dropped" })]);
      expect(ended).toEqual({ done: 1, "conflict no_enquiry": 1 });
      const events = (await world.audit(id)).map(({ event }) => event);
      expect(events.filter((event) => event === "answered" || event === "enquiry_ended")).toHaveLength(1);
      expect(await world.db.enquiry.count({ where: { requestId: id, endedAt: null } })).toBe(0);
      const raced = await outcomes([ask(desk, reference, about), approveRequest(desk, { reference })]);
      expect(raced["done"]).toBe(1);
      const { state, askedAt } = await row();
      expect(state === "running").toBe(askedAt === null);
    }
  });

  test("nobody answers: no reminder of a date there is not, but of the silence, again and again", async () => {
    const { reference, id, desk } = await cast();
    await ask(desk, reference);
    const worker = world.worker();
    const told: number[] = [];
    for (const after of [13, 14, 27, 28, 42]) {
      world.clock.set(new Date(Date.parse("2026-09-10T10:00:00Z") + after * day));
      await world.sweep(worker);
      told.push((await letters(id)).filter((letter) => letter === "dpo-unanswered mail").length);
    }
    expect(told).toEqual([0, 1, 1, 2, 3]);
    expect(await letters(id)).not.toContain("dpo-reminder mail");
  });
});

test("letters about a clock that stands still name no date, and those that are overtaken do not go", async () => {
  const { reference, id, desk, me } = await cast();
  await ask(desk, reference);
  const letter = async (name: string) => {
    const made = await world.db.letter.create({ data: { requestId: id, name, channel: "mail", occasion: `${Math.random()}`, createdAt: world.clock.now() } });
    return await world.db.letter.findUniqueOrThrow({ where: { id: made.id }, include: { request: { include: { person: true } } } });
  };
  const facts = async (name: string) => await letterFacts(world.worker(), await letter(name), null);
  expect(await facts("received")).toMatchObject({ pausedAt: world.clock.now() });
  expect(await facts("asked")).toMatchObject({ enquiry: { question, doubt, pauses: true } });
  expect(await facts("dpo-unanswered")).not.toBeNull();
  for (const name of ["dpo-reminder", "dpo-new", "dpo-answered"]) expect(await facts(name), name).toBeNull();
  await answerEnquiry(me, { reference, answer: "The compost room" });
  for (const name of ["asked", "dpo-unanswered", "extended"]) expect(await facts(name), name).toBeNull();
  expect(await facts("dpo-answered")).not.toBeNull();
  await extend(desk, reference);
  expect(await facts("extended")).toMatchObject({ extension: { reason: "complexity", text: words }, dueAt: new Date("2026-12-03T23:00:00Z") });
});

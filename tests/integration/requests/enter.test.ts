import { beforeEach, describe, expect, test } from "vitest";
import { sendLetter } from "#lib/mail/send.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { enterRequest } from "#lib/requests/enter.ts";
import { fakeHomeserver } from "#tests/fakes/homeserver.ts";
import { fakeMailer } from "#tests/fakes/mailer.ts";
import { makePerson } from "#tests/fixtures/people.ts";
import { openWorld, outcomes, refusal } from "./world.ts";

const world = openWorld();
let homeserver = fakeHomeserver();
let mailer = fakeMailer();
beforeEach(async () => {
  world.reset();
  homeserver = fakeHomeserver();
  mailer = fakeMailer();
  await world.db.request.deleteMany();
});
const worker = () => world.worker({ homeserver, mailer });

describe("a request on somebody's behalf", () => {
  const input = { mxid: "@ben:test.example", kind: "export", words: "", via: "letter", receivedOn: "2026-11-10", evidence: "Letter with a copy of the ID card.", note: "Came with the morning post." };
  const officer = async () => world.web(await makePerson(world.db, { role: "operator" }));

  test("is in review at once, with the clock from the day it came, who entered it, and the person told", async () => {
    const ctx = await officer();
    const { reference } = await enterRequest(ctx, input);
    const row = await world.db.request.findUniqueOrThrow({ where: { reference }, include: { person: true, letters: true, notes: true } });
    expect(row).toMatchObject({ via: "letter", state: "review", enteredById: ctx.actor.personId, evidence: input.evidence, person: { mxid: input.mxid }, notes: [{ text: input.note, authorId: ctx.actor.personId }] });
    expect(row.dueOn.toISOString().slice(0, 10)).toBe("2026-12-10");
    expect(row.receivedAt.toISOString()).toBe("2026-11-09T23:00:00.000Z");
    expect(await world.audit(row.id)).toEqual([{ event: "noted", actor: "operator", actorId: ctx.actor.personId, data: { characters: 27 } }, { event: "entered", actor: "operator", actorId: ctx.actor.personId, data: { via: "letter" } }]);
    homeserver.addAccount(input.mxid, { mails: ["ben@mail.example"] });
    for (const { id: letterId } of row.letters) await sendLetter(worker(), { letterId });
    expect(homeserver.notices[0]?.text).toMatch(/by letter[^]*\/not-me\//);
    expect(mailer.sent[0]).toMatchObject({ to: "ben@mail.example" });
    await approveRequest(ctx, { reference });
    expect(await refusal(enterRequest(ctx, input))).toBe("conflict open_already");
  });

  test("a question that came by letter is entered in its own words, or not at all", async () => {
    const ctx = await officer();
    const entered = { ...input, kind: "consent" };
    await expect(enterRequest(ctx, { ...entered, words: " " })).rejects.toMatchObject({ fields: { words: "question_short" } });
    const { reference } = await enterRequest(ctx, { ...entered, words: "Please stop the newsletter." });
    expect(await world.db.request.findUnique({ where: { reference } })).toMatchObject({ kind: "consent", via: "letter", scope: { about: "question", text: "Please stop the newsletter." } });
  });

  test("two at once open one; the person's own open request stands in the way", async () => {
    const ctx = await officer();
    expect(await outcomes([1, 2, 3].map(() => enterRequest(ctx, { ...input, mxid: "@twice:test.example" })))).toEqual({ done: 1, "conflict open_already": 2 });
  });

  test("not by people without the role, not for oneself, not in the future, not without evidence", async () => {
    for (const [role, says] of [["auditor", "forbidden role_looks"], ["second", "forbidden role_second"]] as const) expect(await refusal(enterRequest(world.web(await makePerson(world.db, { role })), input))).toBe(says);
    expect(await refusal(enterRequest(world.web(await makePerson(world.db)), input))).toBe("not_found request");
    const ctx = await officer();
    expect(await refusal(enterRequest(ctx, { ...input, mxid: ctx.actor.mxid }))).toBe("forbidden own_case");
    for (const wrong of [{ receivedOn: "2026-11-30" }, { receivedOn: "2020-01-01" }, { receivedOn: "" }, { evidence: "" }, { via: "portal" }, { kind: "consent" }, { mxid: "@ben:other.example" }]) expect(await refusal(enterRequest(ctx, { ...input, ...wrong }))).toBe("invalid form");
    expect(await world.db.request.count()).toBe(0);
  });
});

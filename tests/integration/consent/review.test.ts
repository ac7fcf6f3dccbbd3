import { beforeEach, describe, expect, it } from "vitest";
import { answerReview } from "#lib/consent/answer-review.ts";
import { askReview } from "#lib/consent/ask-review.ts";
import { giveConsent } from "#lib/consent/give-consent.ts";
import { recordable } from "#lib/consent/recordable.ts";
import type { WebContext } from "#lib/context.ts";
import { readPortalRecords } from "#lib/kinds/portal-records.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { answerEnquiry } from "#lib/requests/answer-enquiry.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { askPerson } from "#lib/requests/ask-person.ts";
import { denyRequest } from "#lib/requests/deny.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { viewMyRequest } from "#lib/requests/views.ts";
import { withdrawRequest } from "#lib/requests/withdraw.ts";
import { fakeHomeserver } from "#tests/fakes/homeserver.ts";
import { fakeMailer } from "#tests/fakes/mailer.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest, type TestPerson } from "#tests/fixtures/people.ts";
import { policiesFolder, shownText } from "#tests/fixtures/policies.ts";
import { openWorld, outcomes, refusal } from "#tests/integration/requests/world.ts";

const world = openWorld();
const policy = { ...testPolicy, policies: policiesFolder };
let person: TestPerson;
let officer: TestPerson;
let me: WebContext;
let desk: WebContext;

beforeEach(async () => {
  world.reset();
  person = await makePerson(world.db, { hasMail: true });
  officer = await makePerson(world.db, { operator: true });
  me = web(person);
  desk = web(officer);
});

const web = (actor: TestPerson) => world.web(actor, { formSecret: "form secret", policy });
const question = { about: "question", policy: "terms", text: "Who reads my messages under these terms?" };
const withdrawal = { about: "withdrawal", policy: "terms", text: "I cannot find the button, please take it back." };
const answer = "Nobody but the people in your rooms reads them.";
const idOf = async (reference: string) => (await world.db.request.findUniqueOrThrow({ where: { reference } })).id;
const ask = async (input: Parameters<typeof askReview>[1] = question) => {
  const { reference } = await askReview(me, input);
  return { reference, id: await idOf(reference) };
};

describe("asking", () => {
  it("is a request like the others: in review at once, with its clock, its record, and everybody told", async () => {
    const { reference, id } = await ask();
    const row = await world.db.request.findUniqueOrThrow({ where: { id }, include: { letters: true } });
    expect(row).toMatchObject({ kind: "consent", state: "review", via: "portal", receivedAt: world.clock.now(), dueOn: new Date("2026-12-21T00:00:00Z"), scope: { about: "question", policy: "terms", text: question.text } });
    expect(row.letters.map(({ name, channel }) => `${name} ${channel}`).sort()).toEqual(["dpo-new mail", "received mail", "received notice"]);
    expect(await world.audit(id)).toEqual([{ event: "submitted", actor: "subject", actorId: person.personId, data: { kind: "consent" } }]);
    expect(world.queue.jobs.map(({ queue }) => queue)).toEqual(["letter.send", "letter.send", "letter.send"]);
    expect(await viewMyRequest(me, reference)).toMatchObject({ review: { about: "question", policy: "terms", text: question.text, answer: null }, can: { withdraw: true, confirm: false }, whoseMove: "operator" });
  });

  it("is one open request, however often it is sent, and after it is closed another", async () => {
    const all = await Promise.all([1, 2, 3, 4].map(() => askReview(me, question)));
    expect(new Set(all.map(({ reference }) => reference)).size).toBe(1);
    expect(all.filter(({ existing }) => !existing)).toHaveLength(1);
    await withdrawRequest(me, { reference: all[0]?.reference ?? "" });
    expect((await askReview(me, question)).existing).toBe(false);
  });

  it("does not flood the desk: three a day", async () => {
    for (let n = 0; n < 3; n += 1) await withdrawRequest(me, await askReview(me, question));
    expect(await refusal(askReview(me, question))).toBe("too_many reviews_per_day");
    world.clock.advance(24 * 3_600_000 + 1);
    expect(await refusal(askReview(me, question))).toBe(null);
  });

  it.each([
    [{ about: "" }, { about: "review_about" }],
    [{ about: "erasure" }, { about: "review_about" }],
    [{ policy: "../terms" }, { policy: "review_policy" }],
    [{ policy: "nonsense" }, { policy: "review_policy" }],
    [{ text: "short" }, { text: "question_short" }],
  ])("says what is wrong with %j", async (given, fields) => {
    await expect(askReview(me, { ...question, ...given })).rejects.toMatchObject({ code: "invalid", fields });
    expect(await world.db.request.count({ where: { personId: person.personId } })).toBe(0);
  });

  it("takes none of the texts, and no code", async () => {
    const { id } = await ask({ ...question, policy: "" });
    expect(await world.db.request.findUnique({ where: { id }, include: { codes: true } })).toMatchObject({ scope: { policy: null }, codes: [] });
  });

  it("is not for accounts that have another way", async () => {
    await world.db.person.update({ where: { id: person.personId }, data: { accountState: "locked" } });
    expect(await refusal(ask())).toBe("forbidden account_not_eligible");
  });
});

describe("the answer", () => {
  it("ends the request, stands on its page, goes out by letter, and its words are in no record", async () => {
    const { reference, id } = await ask();
    await answerReview(desk, { reference, text: answer, record: "" });
    expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ state: "fulfilled", answerText: answer, decidedById: officer.personId, closedAt: world.clock.now(), openKey: null, wakeAt: null });
    expect((await world.audit(id)).at(-1)).toEqual({ event: "replied", actor: "operator", actorId: officer.personId, data: { from: "review", to: "fulfilled" } });
    expect(await viewMyRequest(me, reference)).toMatchObject({ review: { answer }, can: { withdraw: false } });
    const [homeserver, mailer] = [fakeHomeserver(), fakeMailer()];
    homeserver.addAccount(person.mxid, { mails: ["ada@mail.example"] });
    for (const { id: letterId } of await world.db.letter.findMany({ where: { requestId: id, name: "replied" } })) await sendLetter(world.worker({ homeserver, mailer, policy }), { letterId });
    // What came in goes out first.
    expect(mailer.sent.map(({ to, text }) => [to, text.includes(answer), text.includes("recorded")])).toEqual([["ada@mail.example", false, false], ["ada@mail.example", true, false]]);
    expect(homeserver.notices.at(-1)?.text).toContain(answer);
    const request = (await readPortalRecords(world.db, person.mxid)).find(({ record }) => record === "request");
    expect(request).toMatchObject({ what: "consent", state: "fulfilled", more: { scope: { text: question.text }, answerText: answer } });
  });

  it("waits for what the person is asked meanwhile", async () => {
    const { reference } = await ask();
    await askPerson(desk, { reference, about: "clarification", question: "Which of the two rooms do you mean?", doubt: "" });
    expect(await refusal(answerReview(desk, { reference, text: answer, record: "" }))).toBe("conflict enquiry_open");
    expect((await viewCase(desk, reference)).can).toMatchObject({ reply: false, ask: false });
    await answerEnquiry(me, { reference, answer: "The one about the beans." });
    await answerReview(desk, { reference, text: answer, record: "" });
    expect(await viewMyRequest(me, reference)).toMatchObject({ state: "fulfilled", review: { answer } });
  });

  it("is given once, by whoever comes first", async () => {
    const { reference } = await ask();
    expect(await outcomes([1, 2, 3].map(() => answerReview(desk, { reference, text: answer, record: "" })))).toEqual({ done: 1, "conflict state_changed": 2 });
  });

  it("needs words, a role, and a case that is not one's own", async () => {
    const { reference } = await ask();
    await expect(answerReview(desk, { reference, text: "Yes.", record: "" })).rejects.toMatchObject({ code: "invalid", fields: { text: "denial_text_short" } });
    const reply = (ctx: WebContext) => refusal(answerReview(ctx, { reference, text: answer, record: "" }));
    expect(await reply(web(await makePerson(world.db)))).toBe("not_found request");
    expect(await reply(web(await makePerson(world.db, { role: "auditor" })))).toBe("forbidden role_looks");
    expect(await reply(web(await makePerson(world.db, { role: "second" })))).toBe("forbidden role_second");
    const own = await askReview(desk, question);
    expect(await refusal(answerReview(desk, { reference: own.reference, text: answer, record: "" }))).toBe("forbidden own_case");
  });

  it("is for requests about consent alone, and they are approved by nobody", async () => {
    const copy = await makeRequest(world.db, person.personId);
    expect(await refusal(answerReview(desk, { reference: copy.reference, text: answer, record: "yes" }))).toBe("conflict state_changed");
    const { reference } = await ask();
    expect(await refusal(approveRequest(desk, { reference }))).toBe("conflict state_changed");
    expect(await viewCase(desk, reference)).toMatchObject({ can: { approve: false, reply: true, deny: true } });
    expect(await viewCase(desk, copy.reference)).toMatchObject({ can: { approve: true, reply: false }, review: null });
  });

  it("of an objection that is not followed is a refusal, with the reason the law wants", async () => {
    const { reference, id } = await ask({ ...question, about: "objection" });
    await denyRequest(desk, { reference, reason: "compelling_grounds", text: "Without it the service cannot be kept safe." });
    expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ state: "denied", denialReason: "compelling_grounds" });
    expect((await viewCase(desk, reference)).reasons.map(({ code }) => code)).toEqual(["manifestly_unfounded", "manifestly_excessive", "identity_not_proven", "compelling_grounds"]);
  });
});

describe("a withdrawal that needs a human", () => {
  const consents = () => world.db.consentRecord.findMany({ where: { personId: person.personId }, orderBy: { at: "asc" }, include: { told: true, receipt: true } });
  const view = async (reference: string) => recordable(desk, { mxid: person.mxid, review: (await viewCase(desk, reference)).review ?? expect.unreachable() }, "en");

  it("is written down with the answer: ledger, receipt, homeserver and record, by the officer", async () => {
    await giveConsent(me, await shownText());
    const { reference, id } = await ask(withdrawal);
    expect(await view(reference)).toEqual({ title: "Terms of use", blocks: true });
    world.queue.clear();
    await answerReview(desk, { reference, text: answer, record: "yes" });
    const [, last] = await consents();
    expect(last).toMatchObject({ act: "withdrawn", via: "officer", policy: "terms", version: "2.0", told: { state: "waiting" } });
    expect(last?.receipt).not.toBeNull();
    expect(world.queue.of("consent.record")).toEqual([{ queue: "consent.record", data: { consentId: last?.id } }]);
    const written = await world.db.auditRecord.findMany({ where: { event: "consent_withdrawn", actorId: officer.personId } });
    expect(written).toMatchObject([{ actor: "operator", data: { consent: last?.id, policy: "terms", version: "2.0", via: "officer" } }]);
    const mailer = fakeMailer();
    const homeserver = fakeHomeserver();
    homeserver.addAccount(person.mxid, { mails: ["ada@mail.example"] });
    const [{ id: letterId } = { id: "" }] = await world.db.letter.findMany({ where: { requestId: id, name: "replied", channel: "mail" } });
    await sendLetter(world.worker({ homeserver, mailer, policy }), { letterId });
    expect(mailer.sent.at(-1)?.text).toContain("What you took back is recorded.");
  });

  it("is not written down unasked, nor for a question, nor when nothing is in force", async () => {
    await giveConsent(me, await shownText());
    const plain = await ask(withdrawal);
    await answerReview(desk, { reference: plain.reference, text: answer, record: "" });
    const other = await ask(question);
    expect(await view(other.reference)).toBe(null);
    await answerReview(desk, { reference: other.reference, text: answer, record: "yes" });
    expect(await consents()).toHaveLength(1);
    const newsletter = await ask({ ...withdrawal, policy: "newsletter" });
    expect(await view(newsletter.reference)).toBe(null);
    await answerReview(desk, { reference: newsletter.reference, text: answer, record: "yes" });
    expect((await consents()).filter(({ policy: of }) => of === "newsletter")).toEqual([]);
  });

  it("and its answer are one: when the answer is refused, nothing is withdrawn", async () => {
    await giveConsent(me, await shownText());
    const { reference } = await ask(withdrawal);
    await withdrawRequest(me, { reference });
    expect(await refusal(answerReview(desk, { reference, text: answer, record: "yes" }))).toBe("conflict state_changed");
    expect(await consents()).toHaveLength(1);
  });
});

import { Readable } from "node:stream";
import { beforeEach, describe, expect, test } from "vitest";
import { answerReview } from "#lib/consent/answer-review.ts";
import type { DoorContext } from "#lib/auth/door-context.ts";
import { makePlan } from "#lib/erasure/make-plan.ts";
import { collectPackage, orderCollectCode } from "#lib/export/collect.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { MailUnavailable } from "#lib/mail/mailer.ts";
import { apply } from "#lib/requests/apply.ts";
import { approveRequest } from "#lib/requests/approve.ts";
import { askWithoutAccount } from "#lib/requests/ask-public.ts";
import { confirmAsk } from "#lib/requests/confirm-ask.ts";
import { proveAsk } from "#lib/requests/prove-ask.ts";
import { sendCollectCode } from "#lib/requests/send-collect-code.ts";
import { day } from "#lib/requests/timing.ts";
import { fakeHomeserver, unavailable } from "#tests/fakes/homeserver.ts";
import { fakeMailer } from "#tests/fakes/mailer.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld, outcomes, refusal } from "./world.ts";

const world = openWorld();
let homeserver = fakeHomeserver();
let mailer = fakeMailer();
beforeEach(async () => {
  world.reset();
  homeserver = fakeHomeserver();
  mailer = fakeMailer();
  await world.db.publicAsk.deleteMany();
  await world.db.request.deleteMany();
});

const door = (given: Partial<DoorContext> = {}): DoorContext => {
  const { actor: _nobody, ...rest } = world.web({ personId: "", mxid: "@x:test.example" as never, role: null, operator: false, sessionId: "", authenticatedAt: new Date(0) });
  return { ...rest, ...given };
};
const worker = () => world.worker({ homeserver, mailer });
const form = (mxid: string, kind = "export") => ({ mxid, kind, text: "I lost my phone.", locale: "en" });
const codeIn = (text = "") => /^ {4}(\S{4}-\S{4})$/m.exec(text)?.[1] ?? "";

/** The form is sent, the worker has looked, the mail is read. */
async function asked(mxid = "@lena:test.example", kind = "export") {
  await askWithoutAccount(door(), form(mxid, kind));
  const { id } = await world.db.publicAsk.findFirstOrThrow({ where: { mxid }, orderBy: { id: "desc" } });
  await proveAsk(worker(), { askId: id });
  return { id, mail: mailer.sent.at(-1), code: codeIn(mailer.sent.at(-1)?.text) };
}
const locked = (mxid = "@lena:test.example", more = {}) => homeserver.addAccount(mxid, { locked: true, mails: ["lena@mail.example", "later@mail.example"], ...more });

describe("the public form", () => {
  test("the web writes a row and a job, the same for everybody; the worker mails only a locked or deactivated account's oldest address", async () => {
    locked();
    locked("@gone:test.example", { locked: false, deactivated: true, mails: ["gone@mail.example"] });
    locked("@ada:test.example", { locked: false });
    locked("@bare:test.example", { mails: [] });
    const names = ["@lena:test.example", "@gone:test.example", "@ada:test.example", "@bare:test.example", "@nobody:test.example"];
    for (const mxid of names) expect(await askWithoutAccount(door(), form(mxid))).toBeUndefined();
    expect(world.queue.of("ask.prove").length).toBe(5);
    expect(await world.db.person.count({ where: { mxid: { in: names } } })).toBe(0);
    for (const job of world.queue.of("ask.prove")) await proveAsk(worker(), job.data as { askId: string });
    expect(mailer.sent.map(({ to }) => to)).toEqual(["lena@mail.example", "gone@mail.example"]);
    const rows = await world.db.publicAsk.findMany({ orderBy: { id: "asc" } });
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(["looked"]));
    // Neither the code nor the address lies open.
    const code = codeIn(mailer.sent[0]?.text);
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(rows.map(({ address }) => Buffer.from(address ?? "").includes("mail.example"))).toEqual(rows.map(() => false));
    expect(homeserver.notices).toEqual([]);
  });

  test("names of other servers and no names are refused before anybody looks", async () => {
    for (const mxid of ["lena", "@lena:other.example", "", null]) expect(await refusal(askWithoutAccount(door(), { ...form(""), mxid }))).toBe("invalid form");
    expect(await refusal(askWithoutAccount(door(), form("@lena:test.example", "rectification")))).toBe("invalid form");
    await expect(askWithoutAccount(door(), { ...form("@lena:test.example", "consent"), text: " " })).rejects.toMatchObject({ fields: { text: "question_short" } });
    expect(await world.db.publicAsk.count()).toBe(0);
  });

  test("above three a day for one Matrix ID nothing more is written, also at once, and nobody is told", async () => {
    expect(await outcomes(Array.from({ length: 8 }, () => askWithoutAccount(door(), form("@lena:test.example"))))).toEqual({ done: 8 });
    expect(await world.db.publicAsk.count()).toBe(3);
    expect(world.queue.of("ask.prove").length).toBe(3);
    world.clock.advance(day + 1);
    await askWithoutAccount(door(), form("@lena:test.example"));
    expect(await world.db.publicAsk.count()).toBe(4);
  });

  test("when the day is over nothing is sent any more: the row goes with it", async () => {
    locked();
    await askWithoutAccount(door(), form("@lena:test.example"));
    const { id: askId } = await world.db.publicAsk.findFirstOrThrow();
    world.clock.advance(day);
    await proveAsk(worker(), { askId });
    expect(mailer.sent).toEqual([]);
    expect(await world.db.publicAsk.findFirst()).toMatchObject({ state: "looked", hash: null });
  });

  test("a homeserver or a mail server that is away: tried again, with the same code", async () => {
    locked();
    await askWithoutAccount(door(), form("@lena:test.example"));
    const { id: askId } = await world.db.publicAsk.findFirstOrThrow();
    homeserver.fault({ error: unavailable() });
    await expect(proveAsk(worker(), { askId })).rejects.toThrow("homeserver_down");
    mailer.fault({ error: new MailUnavailable(), after: true });
    await expect(proveAsk(worker(), { askId })).rejects.toThrow("mail_down");
    await proveAsk(worker(), { askId });
    await proveAsk(worker(), { askId });
    expect(mailer.sent.length).toBe(2);
    expect(codeIn(mailer.sent[1]?.text)).toBe(codeIn(mailer.sent[0]?.text));
  });
});

describe("the code from the mail", () => {
  test("opens a request in review, with the clock from the day of the form, told by mail to that address only", async () => {
    locked();
    const { id, code, mail } = await asked();
    expect(mail?.text).toContain(`https://privacy.test.example/ask-without-account/${id}`);
    const from = world.clock.now();
    world.clock.advance(day - 60_000);
    const { reference } = await confirmAsk(door(), { ask: id, code: code.toLowerCase() });
    const row = await world.db.request.findUniqueOrThrow({ where: { reference }, include: { person: true, ask: true, letters: true } });
    expect(row).toMatchObject({ via: "form", state: "review", receivedAt: from, enteredById: null, person: { mxid: "@lena:test.example" }, ask: { state: "proved", hash: null, text: "I lost my phone." } });
    expect(await world.audit(row.id)).toMatchObject([{ event: "form_received", actor: "subject" }, { event: "form_proved", actor: "subject" }]);
    expect(row.letters.map(({ name, channel }) => `${name} ${channel}`).sort()).toEqual(["dpo-new mail", "received mail"]);
    // Whatever the account has by now, and though the homeserver would take a notice.
    homeserver.addAccount("@lena:test.example", { mails: ["thief@mail.example"] });
    await approveRequest(world.web(await makePerson(world.db, { role: "operator" })), { reference });
    for (const { id: letterId, name } of await world.db.letter.findMany({ where: { requestId: row.id } })) if (!name.startsWith("dpo-")) await sendLetter(worker(), { letterId });
    expect(new Set(mailer.sent.map(({ to }) => to))).toEqual(new Set(["lena@mail.example"]));
    expect(homeserver.notices).toEqual([]);
    expect(mailer.sent.at(-1)?.text).toContain(`https://privacy.test.example/collect/${reference}`);
  });

  test("of a question about consent opens a request that is answered in words, by mail to that address", async () => {
    locked();
    const { id, code, mail } = await asked("@lena:test.example", "consent");
    expect(mail?.text).toContain("asked for an answer about consent");
    const { reference } = await confirmAsk(door(), { ask: id, code });
    const row = await world.db.request.findUniqueOrThrow({ where: { reference } });
    expect(row).toMatchObject({ kind: "consent", state: "review", via: "form", scope: { about: "question", policy: null, text: "I lost my phone." } });
    await answerReview(world.web(await makePerson(world.db, { role: "operator" })), { reference, text: "We have noted your objection.", record: "" });
    for (const { id: letterId } of await world.db.letter.findMany({ where: { requestId: row.id, name: "replied" } })) await sendLetter(worker(), { letterId });
    expect(mailer.sent.at(-1)).toMatchObject({ to: "lena@mail.example", text: expect.stringContaining("We have noted your objection.") as string });
    expect(homeserver.notices).toEqual([]);
  });

  test("wrong code, unknown ask, no mail sent, over, used up: one and the same refusal", async () => {
    locked();
    const { id, code } = await asked();
    await askWithoutAccount(door(), form("@nobody:test.example"));
    const none = await world.db.publicAsk.findFirstOrThrow({ where: { mxid: "@nobody:test.example" } });
    await proveAsk(worker(), { askId: none.id });
    const say = async (ask: unknown, typed: unknown) => {
      try {
        await confirmAsk(door(), { ask, code: typed });
        return null;
      } catch (error) {
        return JSON.stringify(error, Object.getOwnPropertyNames(error).filter((name) => name !== "stack"));
      }
    };
    const refusals = [await say(id, "0000-0000"), await say(id, "?"), await say("no id", code), await say("3f2f4d2e-6a3b-4a52-9b0f-111111111111", code), await say(none.id, code), await say(none.id, "")];
    for (let n = 0; n < 5; n += 1) refusals.push(await say(id, "0000-0000"));
    refusals.push(await say(id, code));
    const fresh = await asked();
    world.clock.advance(day + 1);
    refusals.push(await say(fresh.id, fresh.code));
    expect(new Set(refusals).size).toBe(1);
    expect(refusals[0]).toContain("ask_wrong");
    expect(await world.db.request.count()).toBe(0);
  });

  test("many at once pay for every guess, and the right code opens one request", async () => {
    locked();
    const first = await asked();
    expect(await outcomes(Array.from({ length: 12 }, () => confirmAsk(door(), { ask: first.id, code: "0000-0000" })))).toEqual({ "invalid form": 12 });
    expect((await world.db.publicAsk.findUniqueOrThrow({ where: { id: first.id } })).triesLeft).toBe(0);
    const second = await asked();
    const { done } = await outcomes(Array.from({ length: 4 }, () => confirmAsk(door(), { ask: second.id, code: second.code })));
    expect(done).toBe(1);
    expect(await world.db.request.count()).toBe(1);
    const third = await asked();
    expect(await refusal(confirmAsk(door(), { ask: third.id, code: third.code }))).toBe("conflict open_already");
  });

  test("a deletion is not approved before its numbers and its risks are read", async () => {
    locked();
    const { id, code } = await asked("@lena:test.example", "erasure");
    const { reference } = await confirmAsk(door(), { ask: id, code });
    const officer = world.web(await makePerson(world.db, { role: "operator" }));
    expect(await refusal(approveRequest(officer, { reference }))).toBe("conflict plan_unread");
    const { planId } = await world.db.request.findUniqueOrThrow({ where: { reference } });
    expect(world.queue.of("erasure.plan")).toMatchObject([{ data: { planId } }]);
    await expect(makePlan(world.worker({ synapseDb: { snapshot: () => Promise.resolve(null as never), close: () => Promise.resolve() } }), { planId: planId ?? "" })).rejects.toThrow("account_gone");
    await world.db.erasurePlan.update({ where: { id: planId ?? "" }, data: { madeAt: world.clock.now(), hash: "h", body: {} } });
    await world.db.request.update({ where: { reference }, data: { risks: ["admin"] } });
    await approveRequest(officer, { reference });
    expect(await world.db.request.findUniqueOrThrow({ where: { reference } })).toMatchObject({ state: "review", agreedById: officer.actor.personId });
    await approveRequest(world.web(await makePerson(world.db, { role: "operator" })), { reference });
    expect((await world.db.request.findUniqueOrThrow({ where: { reference } })).state).toBe("grace");
  });
});

describe("fetching a copy without a sign-in", () => {
  async function ready() {
    locked();
    const { id, code } = await asked();
    const { reference } = await confirmAsk(door(), { ask: id, code });
    const request = await world.db.request.update({ where: { reference }, data: { wakeAt: new Date(world.clock.now().getTime() + day) } });
    await approveRequest(world.web(await makePerson(world.db, { role: "operator" })), { reference });
    await apply(worker(), request.id, { type: "built", expiresAt: new Date(world.clock.now().getTime() + day) }, async (tx) => {
      await tx.package.create({ data: { requestId: request.id, storageKey: request.id, wrappedKey: "key", bytes: 4n, sha256: "0", builtAt: world.clock.now(), expiresAt: new Date(world.clock.now().getTime() + day), summary: {} } });
    });
    mailer = fakeMailer();
    world.queue.clear();
    return { reference, id: request.id };
  }
  const storage = { open: () => Promise.resolve(Readable.from([Buffer.from("copy")])) };
  const codes = async () => {
    for (const { data } of world.queue.of("code.send")) await sendCollectCode(worker(), data as { codeId: string });
    return codeIn(mailer.sent.at(-1)?.text);
  };

  test("with a code that goes to the proved address, once; told, counted and audited before a byte leaves", async () => {
    const { reference, id } = await ready();
    homeserver.addAccount("@lena:test.example", { locked: true, mails: ["thief@mail.example"] });
    await orderCollectCode(door(), { reference });
    const code = await codes();
    expect(mailer.sent.map(({ to }) => to)).toEqual(["lena@mail.example"]);
    const { stream, headers } = await collectPackage(door({ storage }), { reference, code });
    expect(await new Response(stream).text()).toBe("copy");
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "private, no-store" });
    expect((await world.audit(id)).slice(-2).map(({ event }) => event).sort()).toEqual(["collected", "downloaded"]);
    expect(await world.db.package.findFirst({ where: { requestId: id } })).toMatchObject({ downloads: 1 });
    expect(await refusal(collectPackage(door({ storage }), { reference, code }))).toBe("invalid collect_wrong");
  });

  test("the same answer for every reference, and limits nobody is told of", async () => {
    const { reference } = await ready();
    const other = await makeRequest(world.db, (await makePerson(world.db)).personId, { state: "ready" });
    for (const one of [other.reference, "00000000", "no such", null]) expect(await orderCollectCode(door(), { reference: one })).toBeUndefined();
    expect(world.queue.of("code.send")).toEqual([]);
    expect(await outcomes(Array.from({ length: 4 }, () => orderCollectCode(door(), { reference })))).toEqual({ done: 4 });
    expect(world.queue.of("code.send").length).toBe(1);
    const code = await codes();
    for (const [one, typed] of [[other.reference, code], ["00000000", code], [null, null], [reference, ""], [reference, "0000-0000"]]) expect(await refusal(collectPackage(door({ storage }), { reference: one, code: typed }))).toBe("invalid collect_wrong");
    expect(await outcomes(Array.from({ length: 8 }, () => collectPackage(door({ storage }), { reference, code: "0000-0000" })))).toEqual({ "invalid collect_wrong": 8 });
    expect(await refusal(collectPackage(door({ storage }), { reference, code }))).toBe("invalid collect_wrong");
  });

  test("of many at once with the right code one fetches it", async () => {
    const { reference, id } = await ready();
    await orderCollectCode(door(), { reference });
    const code = await codes();
    expect(await outcomes([1, 2, 3].map(() => collectPackage(door({ storage }), { reference, code })))).toEqual({ done: 1, "invalid collect_wrong": 2 });
    expect(await world.db.package.findFirst({ where: { requestId: id } })).toMatchObject({ downloads: 1 });
  });

  test("not after “this was not me”, and not when the code is over", async () => {
    const { reference } = await ready();
    await orderCollectCode(door(), { reference });
    const code = await codes();
    world.clock.advance(10 * 60_000 + 1);
    expect(await refusal(collectPackage(door({ storage }), { reference, code }))).toBe("invalid collect_wrong");
    await orderCollectCode(door(), { reference });
    const again = await codes();
    await world.db.request.update({ where: { reference }, data: { frozenAt: world.clock.now() } });
    expect(await refusal(collectPackage(door({ storage }), { reference, code: again }))).toBe("invalid collect_wrong");
  });
});

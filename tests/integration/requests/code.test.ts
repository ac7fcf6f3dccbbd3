import { beforeEach, describe, expect, test } from "vitest";
import { RetryLater } from "#lib/errors.ts";
import { MailRefused, MailUnavailable } from "#lib/mail/mailer.ts";
import { HomeserverRefused } from "#lib/matrix/homeserver.ts";
import { confirmRequest } from "#lib/requests/confirm.ts";
import { resendCode } from "#lib/requests/resend-code.ts";
import { sendCode } from "#lib/requests/send-code.ts";
import { submitExport } from "#lib/requests/submit.ts";
import { withdrawRequest } from "#lib/requests/withdraw.ts";
import { fakeHomeserver, unavailable } from "#tests/fakes/homeserver.ts";
import { fakeMailer } from "#tests/fakes/mailer.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest, type TestPerson } from "#tests/fixtures/people.ts";
import { openWorld, outcomes, refusal } from "./world.ts";

const world = openWorld();
beforeEach(world.reset);
const minutes = (n: number) => n * 60_000;

/** A person with two verified addresses who has just asked. */
async function asked(mails: string[] = ["one@example.org", "two@example.org"]) {
  const person = await makePerson(world.db, { hasMail: mails.length > 0 });
  const homeserver = fakeHomeserver();
  const mailer = fakeMailer();
  homeserver.addAccount(person.mxid, { displayName: "Someone", mails });
  const { reference } = await submitExport(world.web(person), { kinds: "account", mediaFiles: "no" });
  const worker = world.worker({ homeserver, mailer });
  const newest = async () => {
    const code = await world.db.code.findFirst({ where: { request: { reference } }, orderBy: { id: "desc" } });
    if (!code) throw new Error("no code");
    return code;
  };
  return { person, reference, homeserver, mailer, worker, newest, send: async () => sendCode(worker, { codeId: (await newest()).id }) };
}

/** The code as the person reads it in the notice. */
const spelled = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/g;
const codeIn = (text: string | undefined, reference: string) =>
  (text?.match(spelled) ?? []).map((code) => code.replace("-", "")).find((code) => code !== reference) ?? "";

const confirm = (person: TestPerson, reference: string, code: string) => confirmRequest(world.web(person), { reference, code });
const wrongCode = (code: string) => (code.startsWith("A") ? "B" : "A") + code.slice(1);

describe("sending", () => {
  test("one notice under the code's id and a mail to each address; the row keeps a hash, the record a fact", async () => {
    const { reference, homeserver, mailer, newest, send } = await asked();
    await send();
    const row = await newest();
    expect(homeserver.notices).toMatchObject([{ txnId: row.id }]);
    const code = codeIn(homeserver.notices[0]?.text, reference);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(mailer.sent.map(({ to }) => to)).toEqual(["one@example.org", "two@example.org"]);
    for (const mail of mailer.sent) {
      expect(mail.text).toContain(`${code.slice(0, 4)}-${code.slice(4)}`);
      expect(mail.subject).not.toContain(code.slice(0, 4));
      expect(mail.messageId).toContain(row.id);
    }
    expect(row).toMatchObject({ sentAt: world.clock.now(), expiresAt: new Date(world.clock.now().getTime() + minutes(10)), triesLeft: 5 });
    expect(JSON.stringify([await world.db.code.findMany(), await world.db.auditRecord.findMany({ select: { data: true } })])).not.toContain(code);
    const { requestId } = row;
    expect((await world.audit(requestId)).at(-1)).toEqual({ event: "code_sent", actor: "worker", actorId: null, data: { notice: true, mails: 2 } });
  });

  test("the hash is stored before anything leaves", async () => {
    const { homeserver, newest, send } = await asked();
    homeserver.down(unavailable());
    await expect(send()).rejects.toThrow(RetryLater);
    expect((await newest()).hash).toMatch(/^[0-9a-f]{64}$/);
  });

  test("sent twice, it arrives once; crashed in between, it is the same code", async () => {
    const { reference, homeserver, mailer, newest, send } = await asked();
    homeserver.fault({ on: "sendNotice", error: new Error("kill -9"), after: true });
    await expect(send()).rejects.toThrow("kill -9");
    expect((await newest()).sentAt).toBeNull();
    await send();
    await send();
    expect(homeserver.notices).toHaveLength(1);
    expect(mailer.sent).toHaveLength(2);
    expect(codeIn(mailer.sent[0]?.text, reference)).toBe(codeIn(homeserver.notices[0]?.text, reference));
  });

  test("two workers with the same job send one notice and leave one record", async () => {
    const { homeserver, worker, newest } = await asked();
    const { id: codeId, requestId } = await newest();
    await Promise.all([1, 2, 3].map(() => sendCode(worker, { codeId })));
    expect(homeserver.notices).toHaveLength(1);
    expect((await world.audit(requestId)).filter(({ event }) => event === "code_sent")).toHaveLength(1);
  });

  test.each([
    ["the mail server is down", (it: Awaited<ReturnType<typeof asked>>) => it.mailer.down(new MailUnavailable()), { notice: true, mails: 0 }],
    ["the mail server refuses one address", (it: Awaited<ReturnType<typeof asked>>) => it.mailer.fault({ error: new MailRefused() }), { notice: true, mails: 1 }],
    ["notices are refused", (it: Awaited<ReturnType<typeof asked>>) => it.homeserver.fault({ on: "sendNotice", error: new HomeserverRefused(403, "M_FORBIDDEN") }), { notice: false, mails: 2 }],
    ["notices do not answer", (it: Awaited<ReturnType<typeof asked>>) => it.homeserver.fault({ on: "sendNotice", error: unavailable() }), { notice: false, mails: 2 }],
    ["the account cannot be read", (it: Awaited<ReturnType<typeof asked>>) => it.homeserver.fault({ on: "account", error: unavailable() }), { notice: true, mails: 0 }],
  ])("%s: the other way is enough", async (_what, breakIt, data) => {
    const it = await asked();
    breakIt(it);
    await it.send();
    expect((await world.audit((await it.newest()).requestId)).at(-1)).toMatchObject({ event: "code_sent", data });
    expect((await it.newest()).sentAt).not.toBeNull();
  });

  test("neither goes: later again, as long as the homeserver asks, and the log names nobody", async () => {
    const { person, homeserver, mailer, newest, send } = await asked();
    homeserver.down(unavailable(90));
    mailer.down(new MailUnavailable());
    await expect(send()).rejects.toMatchObject({ name: "RetryLater", failure: "code_unsent", afterSeconds: 90 });
    expect(await newest()).toMatchObject({ sentAt: null, expiresAt: null });
    expect(world.log.lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(world.log.lines.map(({ event, fields }) => ({ event, fields })))).not.toContain(person.mxid);
  });

  test("an account without mail gets the notice only, and that is enough", async () => {
    const { person, reference, homeserver, mailer, send } = await asked([]);
    await send();
    expect(mailer.sent).toEqual([]);
    await confirm(person, reference, codeIn(homeserver.notices[0]?.text, reference));
  });

  test("frozen, it is not sent; and no account makes us write to more than five addresses", async () => {
    const { reference, homeserver, mailer, send } = await asked(Array.from({ length: 9 }, (_, n) => `mail${n}@example.org`));
    await world.db.request.update({ where: { reference }, data: { frozenAt: world.clock.now() } });
    await send();
    expect(homeserver.calls).toEqual([]);
    await world.db.request.update({ where: { reference }, data: { frozenAt: null } });
    await send();
    expect(mailer.sent).toHaveLength(5);
  });

  test("nothing is sent for a request that is over, or that is not there", async () => {
    const { person, reference, homeserver, worker, send } = await asked();
    await withdrawRequest(world.web(person), { reference });
    await send();
    await sendCode(worker, { codeId: "0192f0c0-0000-7000-8000-000000000001" });
    expect(homeserver.calls).toEqual([]);
  });
});

describe("confirming", () => {
  async function sent() {
    const it = await asked();
    await it.send();
    return { ...it, code: codeIn(it.homeserver.notices[0]?.text, it.reference) };
  }

  test("the right code, however it is typed, moves the request on, once", async () => {
    const { person, reference, code, newest } = await sent();
    world.queue.clear();
    await confirm(person, reference, ` ${code.slice(0, 3).toLowerCase()} ${code.slice(3)}`);
    const { requestId, usedAt } = await newest();
    expect(usedAt).toEqual(world.clock.now());
    expect(await world.db.request.findUnique({ where: { id: requestId } })).toMatchObject({ state: "review", confirmedAt: world.clock.now() });
    expect(world.queue.jobs.map(({ queue }) => queue).sort()).toEqual(["letter.send", "letter.send", "letter.send", "request.count"]);
    expect((await world.audit(requestId)).at(-1)).toMatchObject({ event: "confirmed", actor: "subject", actorId: person.personId });
    expect(await refusal(confirm(person, reference, code))).toBe("conflict state_changed");
  });

  test("a code that was used is used", async () => {
    const { person, reference, code, newest } = await sent();
    await world.db.code.update({ where: { id: (await newest()).id }, data: { usedAt: world.clock.now() } });
    expect(await refusal(confirm(person, reference, code))).toBe("invalid code_used");
  });

  test("twice at once is once", async () => {
    const { person, reference, code, newest } = await sent();
    const tally = await outcomes([1, 2, 3, 4].map(() => confirm(person, reference, code)));
    expect(tally["done"]).toBe(1);
    expect((await world.audit((await newest()).requestId)).filter(({ event }) => event === "confirmed")).toHaveLength(1);
    expect(await world.db.letter.count({ where: { requestId: (await newest()).requestId } })).toBe(3);
  });

  test("five wrong guesses and the right one comes too late", async () => {
    const { person, reference, code, newest } = await sent();
    for (let n = 0; n < 5; n += 1) {
      await expect(confirm(person, reference, wrongCode(code))).rejects.toMatchObject({ code: "invalid", reason: "code_wrong", fields: { code: "code_wrong" } });
    }
    expect(await refusal(confirm(person, reference, code))).toBe("too_many code_tries");
    expect((await newest()).triesLeft).toBe(0);
  });

  test("forty parallel guesses are five guesses", async () => {
    const { person, reference, code } = await sent();
    const tally = await outcomes(Array.from({ length: 40 }, () => confirm(person, reference, wrongCode(code))));
    expect(tally).toEqual({ "invalid code_wrong": 5, "too_many code_tries": 35 });
  });

  test("what cannot be a code costs no try", async () => {
    const { person, reference, newest } = await sent();
    expect(await refusal(confirm(person, reference, "12345"))).toBe("invalid code_format");
    expect((await newest()).triesLeft).toBe(5);
  });

  test("ten minutes, to the millisecond", async () => {
    const { person, reference, code, newest } = await sent();
    world.clock.advance(minutes(10));
    expect(await refusal(confirm(person, reference, code))).toBe("invalid code_expired");
    expect((await newest()).triesLeft).toBe(5);
    world.clock.advance(-1);
    expect(await refusal(confirm(person, reference, code))).toBeNull();
  });

  test("before it was sent there is nothing to guess", async () => {
    const { person, reference, newest } = await asked();
    expect(await refusal(confirm(person, reference, "7F3K29QD"))).toBe("invalid code_not_sent");
    expect((await newest()).triesLeft).toBe(5);
  });

  test("somebody else's request is not found, with the right code too; an operator is somebody else", async () => {
    const { reference, code } = await sent();
    expect(await refusal(confirm(await makePerson(world.db), reference, code))).toBe("not_found request");
    expect(await refusal(confirm(await makePerson(world.db, { operator: true }), reference, code))).toBe("not_found request");
  });

  test("frozen, neither a code nor a new one helps, and no try is lost", async () => {
    const { person, reference, code, newest } = await sent();
    await world.db.request.update({ where: { reference }, data: { frozenAt: world.clock.now() } });
    world.clock.advance(minutes(2));
    expect(await refusal(confirm(person, reference, code))).toBe("conflict frozen");
    expect(await refusal(resendCode(world.web(person), { reference }))).toBe("conflict frozen");
    expect((await newest()).triesLeft).toBe(5);
  });

  test("a code of another request does not fit", async () => {
    const [mine, other] = [await sent(), await sent()];
    expect(await refusal(confirm(mine.person, mine.reference, other.code))).toBe("invalid code_wrong");
  });

  test("after a day the request has expired and the code with it", async () => {
    const { person, reference, newest, worker } = await asked();
    world.clock.advance(minutes(24 * 60) - 1);
    await sendCode(worker, { codeId: (await newest()).id });
    world.clock.advance(1);
    await world.sweep(worker);
    expect(await world.db.request.findUnique({ where: { reference } })).toMatchObject({ state: "expired", openKey: null });
    expect(await refusal(confirm(person, reference, "7F3K29QD"))).toBe("conflict state_changed");
  });

  test("with automatic approval the worker is next", async () => {
    const { person, reference, code, newest } = await sent();
    world.queue.clear();
    await confirmRequest(world.web(person, { policy: { ...testPolicy, autoApproveExports: true } }), { reference, code });
    expect(await world.db.request.findUnique({ where: { reference } })).toMatchObject({ state: "running", decidedById: null });
    expect(world.queue.of("export.build")).toEqual([{ queue: "export.build", data: { requestId: (await newest()).requestId } }]);
  });
});

describe("a new code", () => {
  test("not within a minute, not more than five, and the old one works until the new one was sent", async () => {
    const { person, reference, homeserver, send } = await asked();
    const ctx = world.web(person);
    await send();
    const old = codeIn(homeserver.notices[0]?.text, reference);
    expect(await refusal(resendCode(ctx, { reference }))).toBe("too_many code_pause");
    world.clock.advance(minutes(1));
    await resendCode(ctx, { reference });
    expect(await refusal(confirm(person, reference, wrongCode(old)))).toBe("invalid code_wrong");
    await send();
    const fresh = codeIn(homeserver.notices[1]?.text, reference);
    expect(fresh).not.toBe(old);
    expect(await refusal(confirm(person, reference, old))).toBe("invalid code_wrong");
    for (let n = 0; n < 3; n += 1) {
      world.clock.advance(minutes(1));
      await resendCode(ctx, { reference });
    }
    world.clock.advance(minutes(1));
    expect(await refusal(resendCode(ctx, { reference }))).toBe("too_many codes_per_request");
    expect(await refusal(confirm(person, reference, fresh))).toBeNull();
    expect(await refusal(resendCode(ctx, { reference }))).toBe("conflict state_changed");
  });

  test("two tabs at once get one, and it is on record", async () => {
    const { person, reference, newest } = await asked();
    world.clock.advance(minutes(2));
    world.queue.clear();
    const tally = await outcomes([1, 2, 3, 4, 5].map(() => resendCode(world.web(person), { reference })));
    expect(tally).toEqual({ done: 1, "too_many code_pause": 4 });
    expect(world.queue.of("code.send")).toHaveLength(1);
    expect((await world.audit((await newest()).requestId)).map(({ event }) => event)).toEqual(["submitted", "code_requested"]);
  });

  test("the day's codes of all requests count together", async () => {
    const { person, reference } = await asked();
    const other = await makeRequest(world.db, person.personId, { state: "withdrawn" });
    await world.db.code.createMany({ data: Array.from({ length: 14 }, () => ({ requestId: other.id, nonce: "n", createdAt: world.clock.now() })) });
    world.clock.advance(minutes(2));
    expect(await refusal(resendCode(world.web(person), { reference }))).toBe("too_many codes_per_day");
  });

  test("somebody else cannot have one sent", async () => {
    const { reference } = await asked();
    world.clock.advance(minutes(2));
    expect(await refusal(resendCode(world.web(await makePerson(world.db)), { reference }))).toBe("not_found request");
  });
});

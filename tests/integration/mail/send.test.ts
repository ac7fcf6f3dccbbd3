import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LetterChannel, PrismaClient } from "#lib/db/generated/client.ts";
import { MailUnavailable } from "#lib/mail/mailer.ts";
import type { LetterName } from "#lib/mail/letters/names.ts";
import { translator } from "#lib/messages/messages.ts";
import { sendLetter } from "#lib/mail/send.ts";
import { openMailer } from "#lib/mail/smtp.ts";
import { HomeserverRefused } from "#lib/matrix/homeserver.ts";
import { fakeHomeserver, unavailable, type FakeHomeserver } from "#tests/fakes/homeserver.ts";
import { fakeMailer, type FakeMailer } from "#tests/fakes/mailer.ts";
import { startSmtp } from "#tests/fakes/smtp.ts";
import type { Memory } from "#lib/erasure/memory.ts";
import { sealMemory } from "#lib/erasure/seal-memory.ts";
import { grouped } from "#lib/requests/crockford.ts";
import { recoveryCode } from "#lib/requests/recovery.ts";
import { testClock, testNow, type TestClock } from "#tests/fixtures/clock.ts";
import { logRecorder, testPolicy, testSecret, workerContext } from "#tests/fixtures/context.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";

const hour = 3_600_000;

let db: PrismaClient;
let drop: () => Promise<void>;
let homeserver: FakeHomeserver;
let mailer: FakeMailer;
let clock: TestClock;
let log: ReturnType<typeof logRecorder>;
let requestId: string;
let mxid: string;

beforeAll(async () => {
  ({ db, drop } = await freshDb());
});
afterAll(() => drop());
beforeEach(async () => {
  [homeserver, mailer, clock, log] = [fakeHomeserver(), fakeMailer(), testClock(), logRecorder()];
  const person = await makePerson(db);
  mxid = person.mxid;
  homeserver.addAccount(mxid, { displayName: "Ada", mails: ["ada@example.org"] });
  requestId = (await makeRequest(db, person.personId)).id;
});

const context = () => workerContext(db, { homeserver, mailer, now: clock.now, log });
const send = (letterId: string) => sendLetter(context(), { letterId });
const row = (id: string) => db.letter.findUniqueOrThrow({ where: { id } });

async function letter(channel: LetterChannel, name: LetterName = "received", createdAt = clock.now(), occasion = ""): Promise<string> {
  return (await db.letter.create({ data: { requestId, name, channel, occasion, createdAt } })).id;
}

describe("a letter by mail", () => {
  it("goes to the verified address of the moment, once", async () => {
    const id = await letter("mail");
    await send(id);
    await send(id);
    expect(mailer.sent).toHaveLength(1);
    expect(mailer.sent[0]).toMatchObject({ to: "ada@example.org", messageId: expect.stringMatching(new RegExp(`^<${id}\\.[0-9a-f]{8}@privacy\\.test\\.example>$`)) as string });
    expect(mailer.sent[0]?.text).toContain("Hello Ada,");
    expect(await row(id)).toMatchObject({ state: "sent", sentAt: testNow, failure: null, attempts: 1 });
  });

  it("is in the language the person reads the portal in; to the officer in the portal's own", async () => {
    await db.person.update({ where: { mxid }, data: { locale: "de" } });
    await send(await letter("mail"));
    await send(await letter("notice"));
    await sendLetter(workerContext(db, { homeserver, mailer, now: clock.now, log, policy: { ...testPolicy, language: "uk" } }), { letterId: await letter("mail", "dpo-new") });
    const signed = (locale: string) => expect.stringContaining(translator(locale, "letters")("signature.officer", { mail: testPolicy.dpoMail })) as string;
    expect(mailer.sent.map(({ text }) => text)).toEqual([signed("de"), signed("uk")]);
    expect(mailer.sent[0]?.text).toContain("21. November 2026");
    expect(homeserver.notices[0]?.html).toContain("21. Dezember 2026");
  });

  it("reaches the addresses an erased account had, and nobody once they are destroyed", async () => {
    homeserver.addAccount(mxid, { deactivated: true, erased: true });
    const memory: Memory = { mxid, accountCreatedAt: 0, names: [], avatars: [], mails: ["ada@example.org"], phones: [], externalIds: [], deviceIds: [], ips: [], mediaIds: [], rooms: [], identityServers: [], suspendedBefore: false };
    await db.request.update({ where: { id: requestId }, data: { kind: "erasure", scope: { redact: false, suspend: false, leaveNow: false } } });
    await db.erasure.create({ data: { requestId, memory: sealMemory(testSecret, requestId, memory) } });
    const id = await letter("mail", "erasure-done");
    await send(id);
    expect(mailer.sent.map(({ to }) => to)).toEqual(["ada@example.org"]);
    expect(mailer.sent[0]?.text).toContain(grouped(recoveryCode(testSecret, requestId)));
    await db.erasure.update({ where: { requestId }, data: { memory: null } });
    const late = await letter("mail", "erasure-done", clock.now(), "again");
    await send(late);
    expect(await row(late)).toMatchObject({ state: "skipped", failure: "no_mail_address" });
    expect(mailer.sent).toHaveLength(1);
  });

  it("tells every verified address, and after an outage only those it has not told", async () => {
    homeserver.addAccount(mxid, { mails: ["old@example.org", "new@example.org"] });
    const id = await letter("mail");
    // The first address takes it, the second cannot.
    const inner = mailer.send.bind(mailer);
    let down = true;
    mailer.send = (mail) => (down && mail.to === "new@example.org" ? Promise.reject(new MailUnavailable()) : inner(mail));
    await expect(send(id)).rejects.toMatchObject({ name: "RetryLater", failure: "mail_down" });
    down = false;
    await send(id);
    expect(mailer.sent.map((mail) => mail.to)).toEqual(["old@example.org", "new@example.org"]);
    expect(JSON.stringify(await row(id))).not.toContain("example.org");
  });

  it("does not apply to an account without an address; the notice does", async () => {
    homeserver.addAccount(mxid, { mails: [] });
    const [mail, notice] = [await letter("mail"), await letter("notice")];
    await send(mail);
    await send(notice);
    expect(await row(mail)).toMatchObject({ state: "skipped", failure: "no_mail_address" });
    expect(await row(notice)).toMatchObject({ state: "sent" });
    expect(mailer.sent).toEqual([]);
    expect(homeserver.notices).toHaveLength(1);
  });

  it("ends at an address no server would take, without another try", async () => {
    homeserver.addAccount(mxid, { mails: ["ada@example.org\r\nBcc: evil@example.org"] });
    const id = await letter("mail");
    await send(id);
    expect(await row(id)).toMatchObject({ state: "failed", failure: "mail_refused" });
    expect(mailer.sent).toEqual([]);
  });

  it("to the officer goes to the configured address and asks nobody's account", async () => {
    const id = await letter("mail", "dpo-new");
    await send(id);
    expect(mailer.sent[0]).toMatchObject({ to: testPolicy.dpoMail });
    expect(mailer.sent[0]?.text).not.toContain(mxid);
    expect(homeserver.calls).toEqual([]);
  });

  it("waits out a mail server that is down for 24 hours, says so meanwhile, and arrives once", async () => {
    const id = await letter("mail");
    mailer.down(new MailUnavailable());
    for (let hours = 0; hours < 24; hours += 1) {
      await expect(send(id)).rejects.toMatchObject({ name: "RetryLater", failure: "mail_down" });
      expect(await row(id)).toMatchObject({ state: "queued", failure: "mail_down", attempts: hours + 1 });
      clock.advance(hour);
    }
    mailer.down(null);
    await send(id);
    expect(mailer.sent).toHaveLength(1);
    expect(await row(id)).toMatchObject({ state: "sent", failure: null, sentAt: new Date(testNow.getTime() + 24 * hour) });
  });

  it("arrives in the order things happened, whichever job comes first", async () => {
    const first = await letter("mail", "received");
    clock.advance(hour);
    const second = await letter("mail", "approved");
    const officer = await letter("mail", "dpo-new");
    mailer.down(new MailUnavailable());
    await expect(send(second)).rejects.toThrow();
    expect(await row(second)).toMatchObject({ attempts: 0 });
    mailer.down(null);
    await send(second);
    await send(first);
    expect(mailer.sent.map((mail) => mail.subject)).toEqual([expect.stringContaining("We have your request"), expect.stringContaining("is approved")]);
    expect(await row(officer)).toMatchObject({ state: "queued" });
  });

  it("is given up after a week, visibly", async () => {
    const id = await letter("mail");
    mailer.down(new MailUnavailable());
    clock.advance(7 * 24 * hour + 1);
    await send(id);
    expect(await row(id)).toMatchObject({ state: "failed", failure: "mail_down" });
  });

  it("repeats itself under the same Message-ID when the worker died between the server's 250 and our mark", async () => {
    const smtp = await startSmtp();
    const id = await letter("mail");
    const ctx = { ...context(), mailer: openMailer({ url: smtp.url, from: "privacy@example.org" }) };
    await expect(sendLetter({ ...ctx, db: killedAfterSending(db) }, { letterId: id })).rejects.toThrow("killed");
    expect(await row(id)).toMatchObject({ state: "queued" });
    await sendLetter(ctx, { letterId: id });
    const ids = smtp.received.map(({ mail }) => mail.messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(await row(id)).toMatchObject({ state: "sent" });
    await smtp.stop();
  });

  it("goes out once when several workers are at it, or at a later letter of the same request", async () => {
    const id = await letter("mail");
    clock.advance(1);
    const later = await letter("mail", "approved");
    const inner = mailer.send.bind(mailer);
    mailer.send = async (mail) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await inner(mail);
    };
    await Promise.all([send(id), send(later), send(id), send(later)]);
    expect(mailer.sent.map((mail) => mail.subject)).toEqual([expect.stringContaining("We have your request"), expect.stringContaining("is approved")]);
  });

  it("does not wait for letters of another request, channel or reader", async () => {
    const hanging = await letter("mail");
    const [notice, officer] = [await letter("notice"), await letter("mail", "dpo-new")];
    const inner = mailer.send.bind(mailer);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    mailer.send = async (mail) => {
      if (mail.to === "ada@example.org") await held;
      await inner(mail);
    };
    const first = send(hanging);
    await send(notice);
    await send(officer);
    expect([await row(notice), await row(officer)].map((of) => of.state)).toEqual(["sent", "sent"]);
    release();
    await first;
  });
});

/** Counting the attempt goes through; the mark after the sending does not: that is where the worker is killed. */
function killedAfterSending(whole: PrismaClient): PrismaClient {
  type Update = PrismaClient["letter"]["updateMany"];
  const updateMany = ((args) => ("attempts" in (args.data as object) ? whole.letter.updateMany(args) : Promise.reject(new Error("killed")))) as Update;
  const only = <T extends object>(target: T, name: string, value: unknown): T =>
    new Proxy(target, { get: (inner, key) => (key === name ? value : (Reflect.get(inner, key) as unknown)) });
  return only(whole, "letter", only(whole.letter, "updateMany", updateMany));
}

describe("a letter by server notice", () => {
  it("arrives once although its answer was lost", async () => {
    const id = await letter("notice");
    homeserver.fault({ on: "sendNotice", error: unavailable(), after: true });
    await expect(send(id)).rejects.toMatchObject({ name: "RetryLater", failure: "homeserver_down" });
    expect(await row(id)).toMatchObject({ state: "queued", failure: "homeserver_down" });
    await send(id);
    expect(homeserver.notices.map((notice) => [notice.txnId, notice.mxid])).toEqual([[id, mxid]]);
    expect(await row(id)).toMatchObject({ state: "sent" });
  });

  it("pauses as long as the homeserver asks for", async () => {
    const id = await letter("notice");
    homeserver.fault({ error: unavailable(42) });
    await expect(send(id)).rejects.toMatchObject({ afterSeconds: 42 });
  });

  it("waits while our token has lost its rights, for an operator to mend", async () => {
    const id = await letter("notice");
    homeserver.down(new HomeserverRefused(401, "M_UNKNOWN_TOKEN"));
    await expect(send(id)).rejects.toMatchObject({ name: "RetryLater", failure: "homeserver_refused" });
    homeserver.down(null);
    await send(id);
    expect(await row(id)).toMatchObject({ state: "sent" });
  });

  it("ends when the homeserver will never take it", async () => {
    const id = await letter("notice");
    homeserver.fault({ on: "sendNotice", error: new HomeserverRefused(400, "M_UNKNOWN") });
    await send(id);
    expect(await row(id)).toMatchObject({ state: "failed", failure: "homeserver_refused" });
  });

  it.each([null, { deactivated: true }])("does not apply to an account that is gone (%o)", async (account) => {
    if (account) homeserver.addAccount(mxid, account);
    else homeserver.removeAccount(mxid);
    const id = await letter("notice");
    await send(id);
    expect(await row(id)).toMatchObject({ state: "skipped", failure: "account_gone" });
  });
});

describe("what a letter says", () => {
  it("is no longer said when events have overtaken it: the package has expired", async () => {
    await db.package.create({ data: { requestId, storageKey: requestId, wrappedKey: null, bytes: 1n, sha256: "0", builtAt: testNow, expiresAt: testNow, summary: {} } });
    const id = await letter("mail", "ready");
    await send(id);
    expect(await row(id)).toMatchObject({ state: "skipped", failure: "letter_overtaken" });
  });

  it("is the package on offer", async () => {
    await db.package.create({ data: { requestId, storageKey: requestId, wrappedKey: "k", bytes: 5_300_000n, sha256: "0", builtAt: testNow, expiresAt: new Date(testNow.getTime() + 7 * 24 * hour), summary: {} } });
    await send(await letter("mail", "ready"));
    expect(mailer.sent[0]?.text).toContain("5.3 MB");
    expect(mailer.sent[0]?.text).toContain("28 November 2026 (in 7 days)");
  });

  it("leaves no trace of the person in the log", async () => {
    homeserver.addAccount(mxid, { displayName: "Canary Name", mails: ["canary@example.org"] });
    await send(await letter("mail"));
    await send(await letter("notice"));
    mailer.down(new MailUnavailable({ cause: new Error("canary@example.org refused") }));
    await expect(send(await letter("mail", "approved"))).rejects.toThrow();
    expect(log.lines.length).toBeGreaterThan(0);
    const { reference } = await db.request.findUniqueOrThrow({ where: { id: requestId } });
    expect(JSON.stringify(log.lines)).not.toMatch(new RegExp(`canary|${mxid}|${reference}`, "i"));
  });

  it("is nothing once its request is purged", async () => {
    await send("019aa000-0000-7000-8000-000000000000");
    expect(mailer.sent).toEqual([]);
  });
});

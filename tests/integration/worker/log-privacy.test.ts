import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { WorkerContext } from "#lib/context.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { openQueue, type Queue } from "#lib/jobs/boss.ts";
import type { Job, QueueName } from "#lib/jobs/queues.ts";
import { queues } from "#lib/jobs/queues.ts";
import { createLog } from "#lib/log.ts";
import { MailUnavailable } from "#lib/mail/mailer.ts";
import type { Eraser } from "#lib/matrix/eraser.ts";
import type { Teller } from "#lib/matrix/teller.ts";
import { HomeserverRefused, HomeserverUnavailable } from "#lib/matrix/homeserver.ts";
import { SynapseDbUnavailable } from "#lib/synapse-db/synapse-db.ts";
import { givenUp } from "#lib/worker/given-up.ts";
import { handlers } from "#lib/worker/handlers.ts";
import { fakeHomeserver } from "#tests/fakes/homeserver.ts";
import { fakeMailer } from "#tests/fakes/mailer.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { testPolicy, workerContext } from "#tests/fixtures/context.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { policiesFolder } from "#tests/fixtures/policies.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";

const canary = "@canary-ada:test.example canary.ada@mail.example !canaryroom:test.example";
/** As the drivers throw them: the other side's words in message, stack, cause and detail. */
const loud = (error: Error) => Object.assign(error, { message: `${error.message} ${canary}\n    at /lib/${canary}`, detail: canary, cause: new Error(canary) });

let db: PrismaClient;
let url: string;
let drop: () => Promise<void>;
let queue: Queue;
let sql: pg.Client;
const lines: string[] = [];

beforeAll(async () => {
  ({ db, url, drop } = await freshDb());
  sql = new pg.Client({ connectionString: url });
  await sql.connect();
});
afterAll(async () => {
  await queue.stop();
  await sql.end();
  await drop();
});

/** Every port fails, each call in another way. */
function brokenWorld(log: WorkerContext["log"]): WorkerContext {
  const homeserver = fakeHomeserver();
  const errors = [() => new HomeserverUnavailable("down"), () => new HomeserverRefused(400, "M_UNKNOWN"), () => new TypeError("a bug")];
  let n = 0;
  const fail = () => Promise.reject(loud((errors[n++ % errors.length] ?? expect.unreachable())()));
  const mailer = fakeMailer();
  mailer.down(loud(new MailUnavailable()));
  const silent = new Proxy({ authority: "synapse", appservices: [] } as object, { get: (known, name) => (name in known ? Reflect.get(known, name) as unknown : fail) });
  const refuse = () => Promise.reject(loud(new Error("refused")));
  return workerContext(db, {
    log,
    mailer,
    formSecret: canary,
    policy: { ...testPolicy, policies: policiesFolder },
    homeserver: { ...homeserver, account: fail, sendNotice: fail, acceptTerms: fail, termsVersion: fail, listAccounts: fail, openMedia: fail, identify: fail },
    synapseDb: { snapshot: () => Promise.reject(loud(new SynapseDbUnavailable())), close: () => Promise.resolve() },
    eraser: silent as Eraser,
    teller: silent as Teller,
    storage: { seal: refuse, open: refuse, remove: refuse, check: refuse, list: () => { throw loud(new Error("list")); } },
    enqueue: (tx, job) => queue.enqueue(tx, job),
  });
}

/** One row for every kind of work, all of a person full of markers. */
async function oneJobOfEach(): Promise<readonly Job[]> {
  const person = await makePerson(db, { mxid: "@canary-ada:test.example" });
  const other = await makePerson(db, { mxid: "@canary-eve:test.example" });
  const { id: waiting } = await makeRequest(db, person.personId);
  const { id: running } = await makeRequest(db, other.personId, { state: "running" });
  const { id: fresh } = await makeRequest(db, (await makePerson(db, { mxid: "@canary-new:test.example" })).personId, { state: "unconfirmed" });
  const code = await db.code.create({ data: { requestId: fresh, nonce: "canary-nonce", createdAt: testNow } });
  const sealed = await db.package.create({ data: { requestId: running, storageKey: "canary-storage", wrappedKey: "canary-key", bytes: 1n, sha256: "0", builtAt: testNow, expiresAt: testNow, summary: {} } });
  const letter = await db.letter.create({ data: { requestId: waiting, name: "received", channel: "notice", createdAt: testNow } });
  const mail = await db.letter.create({ data: { requestId: waiting, name: "dpo-new", channel: "mail", createdAt: testNow } });
  const going = await makePerson(db, { mxid: "@canary-rosa:test.example" });
  const plan = await db.erasurePlan.create({ data: { personId: going.personId, askedAt: testNow } });
  const { id: erasing } = await makeRequest(db, going.personId, { kind: "erasure", state: "running", notBefore: new Date(0), scope: { redact: true, suspend: true, leaveNow: false } });
  const notice = { target: "homeserver", name: "canary.mail.example" } as const;
  const { notices: [told] } = await db.erasure.create({ data: { requestId: erasing, memory: Buffer.from("canary"), notices: { create: notice } }, include: { notices: true } });
  const publication = await db.policyPublication.create({ data: { policy: "terms", version: "1.0", publishedAt: testNow, notify: true } });
  const consent = await db.consentRecord.create({ data: { id: randomUUID(), personId: person.personId, act: "given", via: "portal", policy: "terms", version: "1.0", at: testNow, told: { create: {} } } });
  const ask = await db.publicAsk.create({ data: { mxid: person.mxid, kind: "export", text: "canary", askedAt: testNow, nonce: "canary-nonce" } });
  return [
    { queue: "erasure.plan", data: { planId: plan.id } },
    { queue: "erasure.suspension", data: { requestId: erasing } },
    { queue: "erasure.run", data: { requestId: erasing } },
    { queue: "erasure.tell", data: { noticeId: told?.id ?? "" } },
    { queue: "erasure.forget", data: { requestId: erasing } },
    { queue: "erasure.drift", data: {} },
    { queue: "account.read", data: { sessionId: person.sessionId } },
    { queue: "consent.compare", data: {} },
    { queue: "policy.tell", data: { publicationId: publication.id } },
    { queue: "consent.record", data: { consentId: consent.id } },
    { queue: "consent.receipt", data: { consentId: consent.id } },
    { queue: "code.send", data: { codeId: code.id } },
    { queue: "request.count", data: { requestId: waiting } },
    { queue: "export.build", data: { requestId: running } },
    { queue: "package.remove", data: { packageId: sealed.id } },
    { queue: "letter.send", data: { letterId: letter.id } },
    { queue: "letter.send", data: { letterId: mail.id } },
    { queue: "sweep", data: {} },
    { queue: "synapse.watch", data: {} },
    { queue: "storage.sweep", data: {} },
    { queue: "ask.prove", data: { askId: ask.id } },
    { queue: "audit.anchor", data: {} },
    { queue: "report.month", data: {} },
  ];
}

it("says what failed without a word of whom: log, jobs, and audit", async () => {
  const log = createLog("worker", "trace", { write: (line) => void lines.push(line) });
  queue = await openQueue(url, { role: "worker", log });
  const ctx = brokenWorld(log);
  await queue.work(handlers(ctx), givenUp(ctx));
  for (const job of await oneJobOfEach()) await db.$transaction((tx) => queue.enqueue(tx, job));

  const seen = () => new Set(lines.map((line) => JSON.parse(line) as { event: string; queue?: QueueName }).filter(({ event }) => event === "job_failed" || event === "job_done").map((line) => line.queue));
  await vi.waitFor(() => expect([...seen()].sort()).toEqual(expect.arrayContaining(Object.keys(queues))), { timeout: 20_000, interval: 100 });
  const failed = lines.filter((line) => line.includes('"job_failed"'));
  expect(failed.length).toBeGreaterThanOrEqual(6);

  const { rows: jobs } = await sql.query("SELECT data, output FROM pgboss.job");
  const { rows: audit } = await sql.query('SELECT * FROM "AuditRecord"');
  expect([lines.join(""), JSON.stringify(jobs), JSON.stringify(audit)].filter((text) => /canary/i.test(text))).toEqual([]);
});

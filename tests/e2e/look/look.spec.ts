import { randomUUID } from "node:crypto";
import { expect, test, type BrowserContext } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { signLink } from "#lib/consent/link.ts";
import { formSecret } from "#tests/harness/synapse-config.ts";
import { stack } from "#tests/e2e/facts.ts";
import { inspect, listen, signedIn, zoomed } from "./inspect.ts";
import { plant, uproot } from "./plant.ts";
import { scenes, type SceneName } from "./scenes.ts";

/** Every screen, as it is in every state: axe finds nothing, nothing sticks out, nothing needs an inline style. */
test.describe.configure({ timeout: 400_000 });

let db: PrismaClient;
let state: Awaited<ReturnType<BrowserContext["storageState"]>>;
let consentId: string;
let references: Record<SceneName, string>;

test.beforeAll(async ({ browser }) => {
  const { databaseUrl, people } = stack();
  db = createDb(databaseUrl);
  state = await signedIn(browser);
  const { id } = await db.person.findUniqueOrThrow({ where: { mxid: people.frida.mxid } });
  const other = await db.person.findUnique({ where: { mxid: people.ben.mxid } });
  const ben = other ?? (await db.person.create({ data: { mxid: people.ben.mxid, firstSeenAt: new Date(), accountState: "active" } }));
  const now = new Date();
  consentId = randomUUID();
  await db.consentRecord.create({ data: { id: consentId, personId: ben.id, act: "given", via: "portal", policy: "terms", version: "2.0", at: now, told: { create: { state: "failed", failure: "consent_unread" } } } });
  const planted = Object.entries(scenes(now)).map(async ([name, scene]) => [name, await plant(db, id, scene, { now })] as const);
  references = Object.fromEntries(await Promise.all(planted)) as typeof references;
  const cases = (["review", "failed", "frozen", "running", "ready", "denied", "wish", "partly", "blocked", "asked", "extended", "consentAsked", "consentAnswered", "preview"] as const).map(async (name) => plant(db, ben.id, scenes(now)[name], { now, daysAgo: 29 }));
  [desk.review, desk.failed, desk.frozen, , desk.ready, , desk.wish, desk.partly, desk.blocked, desk.asked, desk.extended, desk.consentAsked, desk.consentAnswered, desk.preview] = await Promise.all(cases);
});
test.afterAll(async () => {
  await db.consentRecord.delete({ where: { id: consentId } });
  await uproot(db, [...Object.values(references), ...Object.values(desk)]);
  await db.$disconnect();
});

const desk: { review?: string; failed?: string; frozen?: string; wish?: string; partly?: string; ready?: string; blocked?: string; asked?: string; extended?: string; consentAsked?: string; consentAnswered?: string; preview?: string } = {};

const screens = (): Record<string, string> => ({
  "my privacy": "/privacy",
  "who looked": "/privacy/looks",
  "consents": "/consents",
  "terms": "/consents/terms",
  "newsletter": "/consents/newsletter",
  "register": "/desk/register",
  "record of processing": "/desk/register/record",
  "calendar addresses": "/desk/feed",
  "several, nothing chosen": "/desk/bulk?act=approve",
  "several to approve": `/desk/bulk?act=approve&reference=${desk.review ?? ""}&reference=${desk.frozen ?? ""}`,
  "several to refuse": `/desk/bulk?act=deny&reference=${desk.review ?? ""}`,
  "several to give": `/desk/bulk?act=assign&reference=${desk.review ?? ""}`,
  "oversight": "/desk/oversight",
  "reports": "/desk/reports",
  "statistics": "/statistics",
  "audit record": "/desk/oversight/audit",
  "my requests": "/requests",
  "ask about a consent": "/requests/new/consent?policy=terms",
  "new request": "/requests/new",
  ...Object.fromEntries(Object.entries(references).map(([name, reference]) => [`request: ${name}`, `/requests/${reference}`])),
  "code": `/requests/${references.unconfirmed}/confirm`,
  "code on its way": `/requests/${references.sending}/confirm`,
  "code tried too often": `/requests/${references.tried}/confirm`,
  "withdraw": `/requests/${references.review}/withdraw`,
  "queue": "/desk?state=all",
  "queue, nothing found": "/desk?q=00000000",
  "case to decide": `/desk/${desk.review ?? ""}`,
  "case with a wish to decide": `/desk/${desk.wish ?? ""}`,
  "case granted in part": `/desk/${desk.partly ?? ""}`,
  "case whose package was checked": `/desk/${desk.ready ?? ""}`,
  "case whose package was stopped": `/desk/${desk.blocked ?? ""}`,
  "case that failed": `/desk/${desk.failed ?? ""}`,
  "case that is frozen": `/desk/${desk.frozen ?? ""}`,
  "own case": `/desk/${references.review}`,
  "case that waits for an answer": `/desk/${desk.asked ?? ""}`,
  "case that was extended": `/desk/${desk.extended ?? ""}`,
  "case about consent": `/desk/${desk.consentAsked ?? ""}`,
  "case about consent, answered": `/desk/${desk.consentAnswered ?? ""}`,
  "case whose package waits to be seen": `/desk/${desk.preview ?? ""}`,
  "answer about consent": `/desk/${desk.consentAsked ?? ""}/reply`,
  "question": `/desk/${desk.review ?? ""}/ask`,
  "question that cannot be asked": `/desk/${desk.asked ?? ""}/ask`,
  "more time": `/desk/${desk.review ?? ""}/extend`,
  "more time that cannot be taken": `/desk/${desk.extended ?? ""}/extend`,
  "enter a request": "/desk/new",
  "ask without signing in": "/ask-without-account",
  "code for who cannot sign in": "/ask-without-account/3f2f4d2e-6a3b-4a52-9b0f-111111111111",
  "fetch without signing in": "/collect/7F3K29QD",
  "consents that differ": "/desk/consents",
  "consent, asked by the homeserver": `/_matrix/consent?${new URLSearchParams({ u: stack().people.mei.name, h: signLink(formSecret, stack().people.mei.name) })}`,
  "terms for anybody": "/_matrix/consent",
  "refusal": `/desk/${desk.review ?? ""}/deny`,
});

test("every screen, in light and in dark colours, and zoomed", async ({ browser, viewport, isMobile, userAgent }) => {
  const context = await browser.newContext({ baseURL: stack().portalUrl, storageState: state, viewport, isMobile, ...(userAgent ? { userAgent } : {}) });
  const page = await context.newPage();
  const complaints = listen(page);
  for (const [name, path] of Object.entries(screens())) {
    await inspect(page, name, path);
    if (!isMobile) await zoomed(page, name);
  }
  expect(complaints).toEqual([]);
  await context.close();
});

import { expect, test, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { enter } from "#tests/e2e/enter.ts";
import { stack } from "#tests/e2e/facts.ts";
import { erasureScenes, hashOf, planOf, type ErasureSceneName } from "./erasure-scenes.ts";
import { inspect, keep, listen, signedIn, zoomed } from "./inspect.ts";
import { plant, uproot } from "./plant.ts";

/** Every screen of an erasure, as in look.spec.ts; Mei sees the pages before asking, Frida the rest from both sides. */
test.describe.configure({ timeout: 400_000 });

type State = Awaited<ReturnType<BrowserContext["storageState"]>>;
let db: PrismaClient;
let frida: State;
let mei: State;
const mine = new Map<ErasureSceneName, string>();
const cases = new Map<ErasureSceneName, string>();
const nobody: State = { cookies: [], origins: [] };
let plans: { full: string; lean: string; counting: string };

test.beforeAll(async ({ browser }) => {
  const { databaseUrl, people } = stack();
  db = createDb(databaseUrl);
  frida = await signedIn(browser);
  mei = await signedInAs(browser, people.mei);
  const now = new Date();
  const { id } = await db.person.findUniqueOrThrow({ where: { mxid: people.frida.mxid } });
  const other = await db.person.upsert({ where: { mxid: people.otto.mxid }, update: {}, create: { mxid: people.otto.mxid, firstSeenAt: now, accountState: "suspended" } });
  for (const [name, scene] of Object.entries(erasureScenes(now)) as [ErasureSceneName, ReturnType<typeof erasureScenes>[ErasureSceneName]][]) {
    mine.set(name, await plant(db, id, scene, { now, mxid: people.frida.mxid }));
    cases.set(name, await plant(db, other.id, scene, { now, mxid: people.otto.mxid }));
  }
  const asker = await db.person.findUniqueOrThrow({ where: { mxid: people.mei.mxid } });
  const made = async (lean: boolean) => {
    const plan = planOf(people.mei.mxid, now, lean);
    return (await db.erasurePlan.create({ data: { personId: asker.id, askedAt: now, madeAt: now, hash: hashOf(plan), body: plan as object } })).id;
  };
  plans = { full: await made(false), lean: await made(true), counting: (await db.erasurePlan.create({ data: { personId: asker.id, askedAt: new Date(now.getTime() - 90_000) } })).id };
});
test.afterAll(async () => {
  await uproot(db, [...mine.values(), ...cases.values()]);
  await db.erasurePlan.deleteMany({ where: { request: null } });
  await db.$disconnect();
});

async function signedInAs(browser: Browser, person: { readonly mxid: string; readonly password: string }): Promise<State> {
  const page = await browser.newPage();
  await enter(page, person);
  const found = await page.context().storageState();
  await page.close();
  return found;
}

const of = (from: ReadonlyMap<ErasureSceneName, string>, name: ErasureSceneName) => from.get(name) ?? "";
const before = (): Record<string, string> => ({
  "stop": `/stop/${of(cases, "erasureGrace")}`,
  "stop without reference": "/stop",
  "certificate": `/certificate/${of(cases, "erasureDone")}`,
  "certificate without reference": "/certificate",
  "my privacy before": "/privacy",
  "plan": `/requests/new/erasure?plan=${plans.full}`,
  "plan of little": `/requests/new/erasure?plan=${plans.lean}`,
  "plan being made": `/requests/new/erasure?plan=${plans.counting}`,
  "check": `/requests/new/erasure/check?plan=${plans.full}&redact=yes&suspend=yes&leaveNow=no`,
  "rights": "/rights",
  "privacy notice": "/privacy-notice",
  "verify": "/verify",
});
const outside = (): Record<string, string> => ({ "home": "/", "not for you": "/not-for-you?why=deactivated", "stop signed out": "/stop" });
const after = (): Record<string, string> => ({
  "my privacy": "/privacy",
  "my requests": "/requests",
  ...Object.fromEntries([...mine].map(([name, reference]) => [`request ${name}`, `/requests/${reference}`])),
  "recovery sheet": `/requests/${of(mine, "erasureGrace")}/recovery`,
  "stop signed in": `/requests/${of(mine, "erasureGrace")}/withdraw`,
  "queue": "/desk?kind=erasure&state=all",
  "own case": `/desk/${of(mine, "erasureReview")}`,
  ...Object.fromEntries([...cases].map(([name, reference]) => [`case ${name}`, `/desk/${reference}`])),
  "hold": `/desk/${of(cases, "erasureGrace")}/hold`,
});

test("every screen of an erasure, in light and in dark colours, and zoomed with folded lists opened", async ({ browser, viewport, isMobile, userAgent }) => {
  const complaints: string[] = [];
  for (const [storageState, screens] of [[nobody, outside()], [mei, before()], [frida, after()]] as const) {
    const context = await browser.newContext({ baseURL: stack().portalUrl, storageState, viewport, isMobile, ...(userAgent ? { userAgent } : {}) });
    const page = await context.newPage();
    const heard = listen(page);
    for (const [name, path] of Object.entries(screens)) {
      await inspect(page, name, path, (scheme) => keep(page, `${isMobile ? "phone" : "desktop"} ${scheme} ${name}`));
      if (isMobile) continue;
      await unfold(page);
      await zoomed(page, name, () => keep(page, `narrow ${name}`));
    }
    complaints.push(...heard);
    await context.close();
  }
  expect(complaints).toEqual([]);
});

async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const part of document.querySelectorAll("details")) part.open = true;
  });
}

import { expect, test, type Browser, type Page } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { enter } from "./enter.ts";
import { stack } from "./facts.ts";
import { plant, uproot } from "./look/plant.ts";
import { scenes } from "./look/scenes.ts";

/** What the two roles beside the officer's can do at the desk, by their own accounts; the officer's journeys are in the other files. */
test.describe.configure({ mode: "serial", timeout: 90_000 });

let db: PrismaClient;
let copy: string;
let erasure: string;
const deciding = /Approve|Refuse|Ask the person|Take more time|Put on legal hold|Add the note|Add the file|Save$/;

test.beforeAll(async () => {
  const { databaseUrl, people } = stack();
  db = createDb(databaseUrl);
  const now = new Date();
  const known = async (mxid: string) => (await db.person.upsert({ where: { mxid }, update: {}, create: { mxid, firstSeenAt: now, accountState: "active", accountReadAt: now } })).id;
  const first = await known(people.frida.mxid);
  copy = await plant(db, await known(people.ben.mxid), scenes(now).review, { now, daysAgo: 3 });
  erasure = await plant(db, await known(people.otto.mxid), {
    request: { kind: "erasure", state: "review", scope: { redact: false, suspend: false, leaveNow: false }, risks: ["admin"], agreedAt: now, agreedById: first },
    past: [["submitted", "subject"], ["confirmed", "subject"], ["agreed", "operator"]],
  }, { now, daysAgo: 3, mxid: people.otto.mxid });
});
test.afterAll(async () => {
  await uproot(db, [copy, erasure]);
  await db.$disconnect();
});

async function desk(browser: Browser, role: "auditor" | "second", path: string): Promise<Page> {
  const page = await browser.newPage({ baseURL: stack().portalUrl });
  await enter(page, stack().staff[role], path);
  return page;
}

test("an auditor sees everything, changes nothing, and is seen looking", async ({ browser }) => {
  const page = await desk(browser, "auditor", "/desk");
  await page.getByRole("row").filter({ hasText: `${copy.slice(0, 4)}-${copy.slice(4)}` }).getByRole("link").first().click();
  await expect(page.getByText("You may look, not decide")).toBeVisible();
  await expect(page.getByRole("row", { name: /Messages 18,204/ })).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: deciding })).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("link", { name: deciding })).toHaveCount(0);
  for (const step of ["deny", "ask", "extend"]) expect((await page.request.get(`${stack().portalUrl}/desk/${copy}/${step}`)).status(), step).toBe(404);
  await page.goto("/desk/oversight/audit");
  await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible();
  await page.goto("/desk/register");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  await page.close();
  const person = await browser.newPage({ baseURL: stack().portalUrl });
  await enter(person, stack().people.ben, "/privacy/looks");
  await expect(person.getByRole("row").filter({ hasText: "an auditor" }).first()).toContainText(`${copy.slice(0, 4)}-${copy.slice(4)}`);
  await person.close();
});

test("a second of two decides where one has agreed already, and nothing else", async ({ browser }) => {
  const page = await desk(browser, "second", `/desk/${copy}`);
  await expect(page.getByText("Not yours to decide")).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: deciding })).toHaveCount(0);
  await page.goto(`/desk/${erasure}`);
  await expect(page.getByText("Somebody else has agreed; the second decision is yours:")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: deciding })).toHaveCount(0);
  await page.getByRole("button", { name: "Agree to the erasure" }).click();
  await expect(page.getByText("Agreed", { exact: true })).toBeVisible();
  expect(await db.request.findUnique({ where: { reference: erasure } })).toMatchObject({ state: "grace" });
  await page.close();
});

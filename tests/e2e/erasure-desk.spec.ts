import { expect, test, type Page } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { enter } from "./enter.ts";
import { stack } from "./facts.ts";
import { erasureScenes } from "./look/erasure-scenes.ts";
import { plant, uproot } from "./look/plant.ts";

/** What the desk can do to an erasure besides agreeing: hold it, let it go on, leave out a step. The accounts are of nobody. */
test.describe.configure({ mode: "serial" });

let db: PrismaClient;
let page: Page;
const planted: string[] = [];
const mxid = "@case-of-nobody:garden.example";
const words = "A court wants to see what was written in the committee room.";

test.beforeAll(async ({ browser }) => {
  const { databaseUrl, people, portalUrl } = stack();
  db = createDb(databaseUrl);
  const now = new Date();
  const { id } = await db.person.create({ data: { mxid, firstSeenAt: now, accountState: "active" } });
  const { erasureReview, erasureFailed } = erasureScenes(now);
  planted.push(await plant(db, id, erasureReview, { now, mxid }), await plant(db, id, erasureFailed, { now, mxid }));
  page = await browser.newPage({ baseURL: portalUrl });
  await enter(page, people.frida, `/desk/${planted[0]}`);
});
test.afterAll(async () => {
  await uproot(db, planted);
  await db.$disconnect();
  await page.close();
});
const row = async (at: number) => await db.request.findUniqueOrThrow({ where: { reference: planted[at] ?? "" } });

test("a hold has a ground and words, and the letter is read before it goes", async () => {
  await page.getByRole("link", { name: "Put on legal hold" }).click();
  await page.getByRole("button", { name: "Preview the letter" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "There is a problem" }).getByRole("link")).toHaveCount(2);
  await page.getByRole("radio", { name: /Art\. 17\(3\)\(e\)/ }).check();
  await page.getByLabel("Your words to the person").fill(words);
  await page.getByRole("button", { name: "Preview the letter" }).click();
  await expect(page.getByText("The deletion of your account must wait", { exact: false }).first()).toBeVisible();
  await expect(page.getByText(words)).toBeVisible();
  expect((await row(0)).heldAt).toBeNull();
  await page.getByRole("button", { name: "Put on hold and send" }).click();
  await page.waitForURL(new RegExp(`/desk/${planted[0]}$`));
  await expect(page.getByText(/^On legal hold since/)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Agree/ })).toHaveCount(0);
  expect(await row(0)).toMatchObject({ holdReason: "legal_claims", holdText: words });
  await page.goto("/desk?kind=erasure");
  await expect(page.getByRole("row", { name: new RegExp(mxid) }).filter({ hasText: "On hold" })).toHaveCount(1);
});

test("it is lifted by one button, and the case can be decided again", async () => {
  await page.goto(`/desk/${planted[0]}`);
  await page.getByRole("button", { name: "Lift the hold" }).click();
  await expect(page.getByRole("button", { name: "Agree as the first of two" })).toBeVisible();
  expect((await row(0)).heldAt).toBeNull();
});

test("a step that failed is left out only with a reason, which then stands beside it", async () => {
  await page.goto(`/desk/${planted[1]}`);
  await expect(page.getByText("A step did not work: Delete the files")).toBeVisible();
  await expect(page.getByText("The homeserver did not answer.").first()).toBeVisible();
  await page.locator("summary", { hasText: "Leave this step out" }).click();
  await page.getByRole("button", { name: "Leave it out" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "There is a problem" })).toBeVisible();
  await page.getByLabel("Why it may be left out").fill("The media store was lost in a fire last year.");
  await page.getByRole("button", { name: "Leave it out" }).click();
  await expect(page.getByText("Their reason: The media store was lost in a fire last year.")).toBeVisible();
  await expect(page.getByText("left out", { exact: true })).toBeVisible();
  expect((await row(1)).state).toBe("failed");
});

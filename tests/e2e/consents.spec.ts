import { expect, test, type Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { createDb } from "#lib/db/client.ts";
import { enter } from "./enter.ts";
import { stack } from "./facts.ts";

/** Tariq reviews what he agreed to: the version before last, from before the portal. */
test.describe.configure({ mode: "serial", timeout: 90_000 });

const db = createDb(stack().databaseUrl);
let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage({ baseURL: stack().portalUrl });
  await enter(page, stack().people.tariq);
  const { id: personId } = await db.person.findUniqueOrThrow({ where: { mxid: stack().people.tariq.mxid } });
  await db.consentRecord.deleteMany({ where: { personId } });
  await db.consentRecord.create({ data: { id: crypto.randomUUID(), personId, act: "given", via: "homeserver", policy: "terms", version: "1.0", at: new Date("2026-03-01T10:00:00Z") } });
});
test.afterAll(async () => {
  await page.close();
  await db.$disconnect();
});

const button = (name: string) => page.getByRole("button", { name, exact: true });
/** Clicks from the list of texts to the changed decision. */
async function clicks(steps: readonly (() => Promise<void>)[]): Promise<number> {
  await page.goto("/consents");
  for (const step of steps) await step();
  return steps.length;
}

test("a row a text says what was agreed to, when, and that it changed since", async () => {
  await page.goto("/privacy");
  await page.getByRole("link", { name: "Review", exact: true }).click();
  const terms = page.getByRole("region", { name: "Terms" }).first();
  await expect(terms).toContainText("Changed since you agreed");
  await expect(terms).toContainText("You agreed to version 1.0 on 1 March 2026.");
  await expect(page.getByText("Not agreed to")).toBeVisible();
});

test("what changed is shown by words, for eyes and for ears, before the decision", async () => {
  await page.getByRole("link", { name: "See what changed" }).click();
  await expect(page.getByRole("heading", { name: "What changed since version 1.0" })).toBeVisible();
  await expect(page.locator("ins").first()).toContainText("New:");
  expect(await page.locator("ins").count()).toBeGreaterThan(0);
  const [changes, decide] = [await page.locator("#changes").boundingBox(), await page.locator("#decide").boundingBox()];
  expect(changes?.y ?? 0).toBeLessThan(decide?.y ?? 0);
});

test("taking back takes as many clicks as giving, and what follows is said before", async () => {
  const giving = await clicks([async () => page.getByRole("link", { name: "See what changed" }).click(), async () => button("I agree").click()]);
  await expect(page.getByRole("heading", { name: "Take it back" })).toBeVisible();
  await expect(page.getByText(/takes no messages from you until you agree again/)).toBeVisible();
  const taking = await clicks([async () => page.getByRole("link", { name: "Read or take back" }).first().click(), async () => button("Take back my agreement").click()]);
  await expect(button("I agree")).toBeVisible();
  expect(taking).toBe(giving);
  await page.goto("/consents");
  await expect(page.getByText("Taken back")).toBeVisible();
});

test("every act stands in the history with a receipt to keep", async () => {
  await page.goto("/consents/terms");
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows).toHaveCount(4);
  await expect(rows.nth(1)).toContainText("took back version 2.0");
  await expect(rows.nth(2)).toContainText("agreed to version 2.0");
  await expect(rows.nth(3)).toContainText("none: it was said elsewhere");
  const download = page.waitForEvent("download");
  await rows.nth(2).getByRole("link", { name: "JSON-LD" }).click();
  const document = JSON.parse(await readFile(await (await download).path(), "utf8")) as Record<string, unknown>;
  expect(document).toMatchObject({ "@type": "dpv:NoticeReceipt", "dpv:hasRecordOfActivity": [{ "dpv:hasNotice": { "dct:hasVersion": "2.0" } }] });
  const href = (await rows.nth(2).getByRole("link", { name: "PDF" }).getAttribute("href")) ?? "";
  await expect.poll(async () => (await page.request.get(new URL(href, stack().portalUrl).href)).headers()["content-type"], { timeout: 30_000 }).toBe("application/pdf");
});

test("without script and by keyboard", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: stack().portalUrl, javaScriptEnabled: false, storageState: await page.context().storageState() });
  const plain = await context.newPage();
  await plain.goto("/consents/newsletter");
  await plain.getByRole("button", { name: "I agree" }).focus();
  await plain.keyboard.press("Enter");
  await expect(plain.getByRole("button", { name: "Take back my agreement" })).toBeVisible();
  await plain.getByRole("button", { name: "Take back my agreement" }).press("Enter");
  await expect(plain.getByRole("button", { name: "I agree" })).toBeVisible();
  await context.close();
});

test("what no button settles is asked, answered by a human, and what was to be taken back is taken back", async ({ browser }) => {
  await page.goto("/consents/terms");
  const agree = button("I agree");
  if (await agree.isVisible()) await agree.click();
  await expect(button("Take back my agreement")).toBeVisible();
  await page.getByRole("link", { name: "Ask the privacy team" }).click();
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("alert", { name: "There is a problem" })).toContainText("Choose what it is.");
  await page.getByRole("radio", { name: "Taking back an agreement" }).check();
  await expect(page.getByRole("radio", { name: "Terms of use" })).toBeChecked();
  await page.getByRole("textbox", { name: "In your words" }).fill("Please take it back for me,\nI cannot do it on my phone.");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The privacy team has your request");
  await expect(page.getByText("I cannot do it on my phone.")).toBeVisible();
  await expect(page.getByText(/Answer due/)).toBeVisible();
  await expect(page.getByRole("region", { name: "About this request" })).toContainText("Terms of use");
  const reference = page.url().split("/").at(-1) ?? "";
  await page.goto("/requests/new/consent");
  await expect(page.getByText("You have an open request about consent")).toBeVisible();

  const desk = await browser.newPage({ baseURL: stack().portalUrl });
  await enter(desk, stack().people.frida, `/desk/${reference}`);
  await expect(desk.getByText("I cannot do it on my phone.")).toBeVisible();
  await expect(desk.getByRole("region", { name: "Facts" })).toContainText("Terms of use");
  await desk.getByRole("link", { name: "Write the answer" }).click();
  await desk.getByRole("textbox", { name: "Answer" }).fill("It is taken back from now on. Nothing is deleted by it.");
  await desk.getByRole("checkbox", { name: "Record that “Terms of use” is taken back" }).check();
  await desk.getByRole("button", { name: "Preview the letter" }).click();
  await expect(desk.getByText("What you took back is recorded.")).toBeVisible();
  await desk.getByRole("button", { name: "Send the answer" }).click();
  await expect(desk.getByRole("region", { name: "The answer that went out" })).toContainText("Nothing is deleted by it.");
  await desk.close();

  await page.goto(`/requests/${reference}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your request is answered");
  await expect(page.getByRole("region", { name: "The answer" })).toContainText("It is taken back from now on.");
  await expect(page.getByRole("list").filter({ hasText: "Answered" })).toContainText("You asked");
  await page.goto("/consents/terms");
  await expect(page.getByRole("table").getByRole("row").nth(1)).toContainText("by the privacy team, as you asked");
  await expect(agree).toBeVisible();
});

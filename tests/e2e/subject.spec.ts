import { expect, test, type Page } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { enter } from "./enter.ts";
import { stack } from "./facts.ts";
import { plant, uproot } from "./look/plant.ts";
import { scenes } from "./look/scenes.ts";
import { codeIn, noticesOf } from "./whole-way/second-channel.ts";

/** Mei asks for part of her data. She has no mail address: the server notice is her only second channel. */
test.describe.configure({ mode: "serial", timeout: 90_000 });

let page: Page;
let db: PrismaClient;
const planted: string[] = [];

test.beforeAll(async ({ browser }) => {
  db = createDb(stack().databaseUrl);
  page = await browser.newPage({ baseURL: stack().portalUrl });
  await enter(page, stack().people.mei);
});
test.afterAll(async () => {
  await uproot(db, planted);
  await db.$disconnect();
  await page.close();
});

const box = (name: string | RegExp) => page.getByRole("checkbox", { name });
const press = (name: string) => page.getByRole("button", { name, exact: true }).click();

test("an empty list says what will be in it and offers the next step", async () => {
  await page.goto("/requests");
  await expect(page.getByText("No requests yet")).toBeVisible();
  await page.getByRole("link", { name: "Ask for a copy" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Get a copy of your data" })).toBeVisible();
});

test("wrong answers are told at the field and in a summary that has the focus; what was typed stays", async () => {
  for (const each of await page.getByRole("checkbox").all()) await each.uncheck();
  await page.getByLabel("From (first day)").fill("2026-05-03");
  await page.getByLabel("To (last day)").fill("2026-05-01");
  await press("Check your answers");
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByLabel("To (last day)")).toHaveAccessibleDescription(/must not be before/);
  await expect(page.getByLabel("From (first day)")).toHaveValue("2026-05-03");
  await summary.getByRole("link", { name: "Choose at least one kind of data" }).click();
  await expect(box("Account").first()).toBeFocused();
});

test("the answers are shown once more, can be changed, and never stand in the address", async () => {
  await box(/^Messages( \d|$)/).check();
  await page.getByLabel("From (first day)").fill("");
  await page.getByLabel("To (last day)").fill("");
  await press("Check your answers");
  await expect(page.getByRole("heading", { name: "Check your answers" })).toBeFocused();
  await expect(page.getByText("1 of 21 kinds: Messages")).toBeVisible();
  await press("Change answers");
  await box("Profile").check();
  await press("Check your answers");
  await expect(page.getByText("2 of 21 kinds: Profile and Messages")).toBeVisible();
  expect(new URL(page.url()).search).toBe("");
});

test("a double press sends one request", async () => {
  await page.getByRole("button", { name: "Send request" }).dblclick();
  await page.waitForURL(/\/confirm$/);
  const { id } = await db.person.findUniqueOrThrow({ where: { mxid: stack().people.mei.mxid } });
  expect(await db.request.count({ where: { personId: id } })).toBe(1);
});

test("a wrong code is told, with the tries that are left; the right one may have blanks and small letters", async () => {
  const label = page.getByLabel("Code", { exact: true });
  await expect(label).toBeVisible({ timeout: 30_000 });
  await label.fill("0000 0000");
  await press("Confirm");
  await expect(page.getByRole("alert").filter({ hasText: "not the code we sent" })).toBeFocused();
  await expect(page.getByText("4 tries left")).toBeVisible();
  const code = codeIn((await noticesOf(stack().people.mei)).findLast((body) => body.includes("enter this code")) ?? "");
  await label.fill(` ${code.toLowerCase().replace("-", " ")} `);
  await press("Confirm");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The privacy team is checking your request");
});

test("a second request leads to the first", async () => {
  await page.goto("/requests/new");
  await expect(page.getByText("You already have an open request")).toBeVisible();
  await page.getByRole("link", { name: /^Go to request/ }).click();
  await expect(page.getByText(/^Answer due/)).toContainText(/by \d+ \w+ \d{4} \(in \d+ days\)/);
});

test("withdrawing says what happens and keeps the way back first", async () => {
  await page.getByRole("link", { name: "Withdraw this request" }).click();
  await expect(page.getByText("The privacy team stops looking at it.")).toBeVisible();
  await page.getByRole("link", { name: "Keep my request" }).click();
  await page.getByRole("link", { name: "Withdraw this request" }).click();
  await press("Withdraw request");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You withdrew this request");
});

test("by keyboard alone: from the skip link to a sent request and out of it again", async () => {
  await page.goto("/privacy");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the main content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page.getByRole("link", { name: "Ask for a copy" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Get a copy of your data");
  await tabTo(page.getByRole("button", { name: "Check your answers" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Check your answers" })).toBeFocused();
  await tabTo(page.getByRole("button", { name: "Send request" }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/confirm$/);
  await tabTo(page.getByRole("link", { name: "Back to your request" }));
  await page.keyboard.press("Enter");
  await tabTo(page.getByRole("link", { name: "Withdraw this request" }));
  await page.keyboard.press("Enter");
  await tabTo(page.getByRole("button", { name: "Withdraw request" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You withdrew this request");
});

test("without script: errors, the second look, sending and withdrawing all work", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: stack().portalUrl, javaScriptEnabled: false, storageState: await page.context().storageState() });
  const plain = await context.newPage();
  await plain.goto("/requests/new");
  for (const each of await plain.getByRole("checkbox").all()) await each.uncheck();
  await plain.getByRole("button", { name: "Check your answers" }).click();
  await expect(plain.getByRole("link", { name: "Choose at least one kind of data" })).toBeVisible();
  await plain.getByRole("checkbox", { name: "Devices" }).check();
  await plain.getByRole("button", { name: "Check your answers" }).click();
  await expect(plain.getByText("1 of 21 kinds: Devices")).toBeVisible();
  await plain.getByRole("button", { name: "Send request" }).click();
  await expect(plain).toHaveURL(/\/confirm$/);
  await plain.getByRole("link", { name: "Back to your request" }).click();
  await plain.getByRole("link", { name: "Withdraw this request" }).click();
  await plain.getByRole("button", { name: "Withdraw request" }).click();
  await expect(plain.getByRole("heading", { level: 1 })).toHaveText("You withdrew this request");
  await context.close();
});

test("the progress moves by itself and the page turns over when the copy is ready", async () => {
  const { id } = await db.person.findUniqueOrThrow({ where: { mxid: stack().people.mei.mxid } });
  const now = new Date();
  const { running, ready } = scenes(now);
  const reference = await plant(db, id, running, { now });
  planted.push(reference);
  await page.goto(`/requests/${reference}`);
  const bar = page.getByRole("progressbar", { name: "Reading: Messages" });
  await expect(bar).toHaveAttribute("value", "7301");
  await db.build.update({ where: { requestId: (await db.request.findUniqueOrThrow({ where: { reference } })).id }, data: { done: 9_000n } });
  await expect(bar).toHaveAttribute("value", "9000");
  await expect(page.getByText("9,000 of 18,775")).toBeVisible();
  const request = await db.request.update({ where: { reference }, data: ready.request });
  await db.package.create({ data: { ...ready.package, requestId: request.id, storageKey: `planted-${reference}` } });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your copy is ready");
});

test("an old sign-in is renewed first, and comes back to the download", async () => {
  const { id } = await db.person.findUniqueOrThrow({ where: { mxid: stack().people.mei.mxid } });
  await db.session.updateMany({ where: { personId: id }, data: { authenticatedAt: new Date(Date.now() - 11 * 60_000) } });
  const path = `/requests/${planted[0] ?? ""}`;
  await page.goto(path);
  await expect(page.getByRole("button", { name: /^Download/ })).toHaveCount(0);
  const again = page.getByRole("link", { name: "Sign in again and download" });
  expect(new URL((await again.getAttribute("href")) ?? "", stack().portalUrl).searchParams.get("next")).toBe(path);
});

/** Presses Tab until `target` has the focus, as somebody without a mouse would. */
async function tabTo(target: ReturnType<Page["getByRole"]>): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

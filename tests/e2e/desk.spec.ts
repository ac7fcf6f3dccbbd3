import { expect, test, type Page } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { enter } from "./enter.ts";
import { stack } from "./facts.ts";
import { plant, uproot } from "./look/plant.ts";
import { scenes, type SceneName } from "./look/scenes.ts";

/** Frida at her desk, with planted cases of Ben's, Tariq's and her own. */
test.describe.configure({ mode: "serial", timeout: 60_000 });

let page: Page;
let db: PrismaClient;
const planted: string[] = [];

test.beforeAll(async ({ browser }) => {
  db = createDb(stack().databaseUrl);
  page = await browser.newPage({ baseURL: stack().portalUrl });
  await enter(page, stack().people.frida, "/desk");
});
test.afterAll(async () => {
  await uproot(db, planted);
  await db.$disconnect();
  await page.close();
});

async function have(who: "ben" | "tariq" | "frida", scene: SceneName, daysAgo: number): Promise<string> {
  const { mxid } = stack().people[who];
  const at = new Date();
  const { id } = await db.person.upsert({ where: { mxid }, create: { mxid, firstSeenAt: at, accountState: "active", accountReadAt: at }, update: {} });
  const reference = await plant(db, id, scenes(at)[scene], { now: at, daysAgo });
  planted.push(reference);
  return reference;
}
const spoken = (reference: string) => `${reference.slice(0, 4)}-${reference.slice(4)}`;

test("people who are no operators find nothing here", async ({ browser }) => {
  const reference = await have("ben", "review", 3);
  const stranger = await browser.newPage({ baseURL: stack().portalUrl });
  await enter(stranger, stack().people.ben);
  for (const path of ["/desk", `/desk/${reference}`, `/desk/${reference}/deny`]) {
    expect((await stranger.goto(path))?.status(), path).toBe(404);
  }
  await expect(stranger.getByRole("link", { name: "Desk" })).toHaveCount(0);
  await stranger.close();
});

test("data nobody has classified stands above the queue, until it is settled", async () => {
  await db.unmappedData.create({ data: { name: "user_moods.mood", firstSeenAt: new Date() } });
  await page.goto("/desk");
  await expect(page.getByText("of the homeserver's data nobody has classified")).toBeVisible();
  await expect(page.getByRole("code").filter({ hasText: "user_moods.mood" })).toBeVisible();
  await db.unmappedData.deleteMany();
  await page.reload();
  await expect(page.getByText("nobody has classified")).toHaveCount(0);
});

test("the oldest deadline comes first, with its days in words", async () => {
  const late = await have("tariq", "failed", 40);
  await page.goto("/desk");
  const first = page.getByRole("row").nth(1);
  await expect(first).toContainText(spoken(late));
  await expect(first).toContainText(/\d+ days late/);
});

test("filters count, narrow, and stay in the address", async () => {
  await page.getByRole("navigation", { name: "State" }).getByRole("link", { name: /^Failed/ }).click();
  await expect(page).toHaveURL(/\?state=failed$/);
  await expect(page.getByRole("row").nth(1)).toContainText("Build failed");
  const counted = await db.request.count({ where: { state: "failed" } });
  await expect(page.getByRole("link", { name: `Failed ${counted}` })).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(counted + 1);
  await page.getByRole("columnheader", { name: "Received" }).getByRole("link").click();
  await expect(page).toHaveURL(/state=failed&sort=received/);
});

test("a search finds a reference and a Matrix ID, and the address never holds the Matrix ID", async () => {
  const { mxid } = stack().people.tariq;
  await page.goto("/desk");
  await page.getByRole("searchbox").fill(mxid);
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page).toHaveURL(/q=\./);
  await expect(page.getByRole("searchbox")).toHaveValue(mxid);
  for (const each of await page.getByRole("row").all().then((rows) => rows.slice(1))) await expect(each).toContainText(mxid);
  expect(decodeURIComponent(page.url())).not.toContain("tariq");
  await page.getByRole("searchbox").fill(spoken(planted[0] ?? "").toLowerCase());
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page).toHaveURL(/q=[0-9a-z-]+$/);
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("searchbox").fill("@nobody:garden.example");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByText("No request matches")).toBeVisible();
});

test("j, k, Enter, / and ? do what the help says", async () => {
  await page.goto("/desk?state=all");
  const links = page.locator("[data-row]");
  await expect(page.getByRole("button", { name: /^Keyboard/ })).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.press("j");
  await expect(page.getByRole("searchbox")).toHaveValue("j");
  await links.nth(0).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/desk\/[0-9A-Z]{8}\?state=all$/);
});

test("without script the list of keys is not offered: no key would do anything", async ({ browser }) => {
  const bare = await browser.newContext({ baseURL: stack().portalUrl, javaScriptEnabled: false, storageState: await page.context().storageState() });
  const still = await bare.newPage();
  await still.goto("/desk?state=all");
  await expect(still.locator("[data-row]").first()).toBeVisible();
  await expect(still.getByRole("button", { name: /^Keyboard/ })).toBeHidden();
  await bare.close();
});

test("an own case says why there is nothing to press", async () => {
  const own = await have("frida", "review", 2);
  await page.goto(`/desk/${own}`);
  await expect(page.getByText("This is your own request")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve and build" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: /Refuse/ })).toHaveCount(0);
  await page.goto(`/desk/${own}/deny`);
  await expect(page).toHaveURL(new RegExp(`/desk/${own}$`));
});

test("a case shows who, what, how we know, by when and how much", async () => {
  await page.goto(`/desk/${planted[0] ?? ""}`);
  await expect(page.getByRole("main")).toContainText(stack().people.ben.mxid);
  await expect(page.getByRole("main")).toContainText(/typed a code sent to/);
  await expect(page.getByRole("main")).toContainText(/The law gives one calendar month/);
  await expect(page.getByRole("row", { name: /Messages 18,204/ })).toBeVisible();
});

test("what is left out needs a reason, and the part of the form that lacks it unfolds", async () => {
  const part = page.getByRole("group").filter({ hasText: "Leave something out of the copy" }).first();
  await expect(part).not.toHaveAttribute("open");
  await page.getByText("Leave something out of the copy").click();
  await page.getByRole("checkbox", { name: "Messages", exact: true }).check();
  await page.getByText("Leave something out of the copy").click();
  await expect(part).not.toHaveAttribute("open");
  await page.getByRole("button", { name: "Approve and build" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "There is a problem" }).getByRole("link")).toHaveCount(2);
  await expect(part).toHaveAttribute("open");
  await expect(page.getByRole("checkbox", { name: "Messages", exact: true })).toBeChecked();
  await page.goto(`/desk/${planted[0] ?? ""}`);
});

test("a refusal needs a reason and words, is read as the person will, and then goes", async () => {
  const reference = planted[0] ?? "";
  await page.getByRole("link", { name: "Refuse with a reason" }).click();
  await page.getByRole("button", { name: "Preview the letter" }).click();
  const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary.getByRole("link")).toHaveCount(2);
  await page.getByRole("radio", { name: /manifestly excessive/ }).check();
  const words = "You had a full copy last week.\n<b>Nothing</b> new was added since.";
  await page.getByLabel("Your words to the person").fill(words);
  await page.getByRole("button", { name: "Preview the letter" }).click();
  await expect(page.getByRole("heading", { name: "The letter, as the person will read it" })).toBeFocused();
  const letter = page.getByRole("main");
  for (const part of ["manifestly excessive", "<b>Nothing</b> new", "Commissioner for Data Protection", "court", spoken(reference)]) {
    await expect(letter).toContainText(part);
  }
  expect((await db.request.findUniqueOrThrow({ where: { reference } })).state).toBe("review");
  await page.getByRole("button", { name: "Change the words" }).click();
  await expect(page.getByLabel("Your words to the person")).toHaveValue(words);
  await page.getByRole("button", { name: "Preview the letter" }).click();
  await page.getByRole("button", { name: "Refuse and send" }).click();
  await expect(page).toHaveURL(new RegExp(`/desk/${reference}$`));
  await expect(page.getByRole("main").getByText("Refused").first()).toBeVisible();
  expect(await db.request.findUniqueOrThrow({ where: { reference } })).toMatchObject({ state: "denied", denialReason: "manifestly_excessive" });
});

test("a frozen case is released with a reason, not without", async () => {
  const reference = await have("tariq", "frozen", 4);
  await page.goto(`/desk/${reference}`);
  await page.getByRole("button", { name: "Release" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Choose why it can be released" })).toBeFocused();
  await page.getByRole("radio", { name: /told us that the request is theirs/ }).check();
  await page.getByRole("button", { name: "Release" }).click();
  await expect(page.getByText("The package waits for the person.")).toBeVisible();
});

test("a decision that came too late is told, and nothing is done twice", async ({ context }) => {
  const reference = await have("tariq", "review", 5);
  await page.goto(`/desk/${reference}`);
  await db.request.update({ where: { reference }, data: { state: "withdrawn", closedAt: new Date(), wakeAt: null } });
  await page.getByRole("button", { name: "Approve and build" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Meanwhile something else happened" })).toBeVisible();
  await context.close();
});

import { expect, test, type Page } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import { enter } from "../enter.ts";
import { stack } from "../facts.ts";

const db = createDb(stack().databaseUrl);
test.afterAll(async () => {
  // They signed in often here, and must be let in again by the tests that follow.
  await db.session.deleteMany({ where: { person: { mxid: stack().people.ben.mxid } } });
  await db.$disconnect();
});

const latest = async (mxid: string) => await db.session.findFirstOrThrow({ where: { person: { mxid } }, orderBy: { authenticatedAt: "desc" } });

test("until the account is read there is one page, which says so, tells of a delay and goes on by itself", async ({ page }) => {
  const { portalUrl, people } = stack();
  await enter(page, people.ben, "/requests");
  const { id } = await latest(people.ben.mxid);
  await db.session.update({ where: { id }, data: { checkedAt: null, authenticatedAt: new Date(Date.now() - 40_000) } });
  for (const path of ["/privacy", "/requests/new", "/requests"]) {
    await page.goto(`${portalUrl}${path}`);
    expect(new URL(page.url()).pathname).toBe("/checking");
  }
  await expect(page.getByRole("heading", { name: "One moment" })).toBeVisible();
  await expect(page.getByText("is taking longer than usual to answer")).toBeVisible();
  await db.session.update({ where: { id }, data: { checkedAt: new Date() } });
  await page.waitForURL(`${portalUrl}/requests`, { timeout: 20_000 });
});

test("a delay is told and watched without script too", async ({ page, browser }) => {
  const { portalUrl, people } = stack();
  await enter(page, people.ben);
  const { id } = await latest(people.ben.mxid);
  await db.session.update({ where: { id }, data: { checkedAt: null } });
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  const copy = await plain.newPage();
  await copy.goto(`${portalUrl}/privacy`);
  expect(new URL(copy.url()).pathname).toBe("/checking");
  expect(await copy.content()).toContain('http-equiv="refresh"');
  await db.session.update({ where: { id }, data: { checkedAt: new Date() } });
  await copy.waitForURL(`${portalUrl}/privacy`);
  await plain.close();
});

async function tryToEnter(page: Page, mxid: string): Promise<void> {
  await page.goto(`${stack().portalUrl}/sign-in`);
  await page.getByLabel("Matrix ID or name").fill(mxid);
  await page.getByLabel("Password", { exact: true }).fill(stack().people.rosa.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("a bridge's account is told why it cannot use the portal and how to reach a person, and is signed out", async ({ page }) => {
  const { portalUrl, world } = stack();
  await tryToEnter(page, world.oddities.bridged);
  await page.waitForURL("**/not-for-you?why=appservice", { timeout: 20_000 });
  await expect(page.getByText("belongs to a bridge or a bot")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "privacy@garden.example" })).toBeVisible();
  expect((await latest(world.oddities.bridged)).revokedAt).not.toBeNull();
  await page.goto(`${portalUrl}/privacy`);
  expect(new URL(page.url()).pathname).toBe("/sign-in");
});

test("a guest, to whom the homeserver gives no proof, is told so at the door", async ({ page }) => {
  await tryToEnter(page, stack().world.oddities.guest);
  await expect(page.getByRole("alert").filter({ hasText: "This is a guest account" })).toContainText("privacy@garden.example");
});

test("a suspended person may come in", async ({ page }) => {
  await enter(page, stack().people.otto);
  await expect(page.getByRole("heading", { name: "My privacy" })).toBeVisible();
});

test("a historical Matrix ID with capitals, a blank and other letters comes in as it is", async ({ page }) => {
  const { world, people } = stack();
  await enter(page, { mxid: world.oddities.historical, password: people.rosa.password });
  await expect(page.getByText(world.oddities.historical).first()).toBeVisible();
  expect(await db.person.count({ where: { mxid: world.oddities.historical } })).toBe(1);
});

test("an account locked while signed in loses its session with the next page", async ({ page }) => {
  const { portalUrl, people } = stack();
  await enter(page, people.tariq);
  const before = await db.person.findUniqueOrThrow({ where: { mxid: people.tariq.mxid } });
  await db.person.update({ where: { id: before.id }, data: { accountState: "locked" } });
  await page.goto(`${portalUrl}/requests`);
  await expect(page.getByText("have locked this account")).toBeVisible();
  await db.person.update({ where: { id: before.id }, data: { accountState: "active" } });
  await page.goto(`${portalUrl}/requests`);
  expect(new URL(page.url()).pathname).toBe("/sign-in");
});

test("signing out everywhere ends the other browser too, and a kept cookie opens nothing", async ({ page, browser }) => {
  const { portalUrl, people } = stack();
  await enter(page, people.ben);
  const kept = await page.context().storageState();
  const second = await (await browser.newContext()).newPage();
  await enter(second, people.ben);
  await second.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(second.getByText("signed out everywhere")).toBeVisible();
  await page.goto(`${portalUrl}/privacy`);
  expect(new URL(page.url()).pathname).toBe("/sign-in");
  const thief = await browser.newContext({ storageState: kept });
  const response = await thief.request.get(`${portalUrl}/privacy`, { maxRedirects: 0 });
  expect(response.status()).toBe(307);
  await thief.close();
  await second.context().close();
});

test("after sign-in one lands where one wanted to go, and never on another site", async ({ page }) => {
  const { portalUrl, people } = stack();
  await page.goto(`${portalUrl}/requests/new`);
  expect(new URL(page.url()).searchParams.get("next")).toBe("/requests/new");
  await enter(page, people.ben, "/requests/new");
  await page.goto(`${portalUrl}/sign-in?next=//evil.example`);
  await page.waitForURL(`${portalUrl}/privacy`);
});

test("a proof can be given afresh while signed in, with the name filled in", async ({ page }) => {
  const { portalUrl, people } = stack();
  await enter(page, people.ben);
  const before = await latest(people.ben.mxid);
  await page.goto(`${portalUrl}/sign-in?again=1&next=/requests`);
  await expect(page.getByRole("heading", { name: "Sign in again" })).toBeVisible();
  await expect(page.getByLabel("Matrix ID or name")).toHaveValue(people.ben.mxid);
  await page.getByLabel("Password", { exact: true }).fill(people.ben.password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${portalUrl}/requests`);
  const after = await latest(people.ben.mxid);
  expect(after.id).not.toBe(before.id);
  expect((await db.session.findUniqueOrThrow({ where: { id: before.id } })).revokedAt).not.toBeNull();
});

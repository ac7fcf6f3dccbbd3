import { expect, test, type Page } from "@playwright/test";
import { stack } from "./facts.ts";
import { spyOnHomeserver } from "./homeserver-spy.ts";
import { watchServer } from "./seen.ts";

/** From the portal's page to the provider, through its login, to Synapse's "continue" page. */
async function throughProvider(page: Page, name: string): Promise<void> {
  await page.goto(`${stack().portalUrl}/sign-in?next=/privacy`);
  await page.getByRole("button", { name: "Continue with Garden Society" }).click();
  await page.waitForURL(`${stack().oidcIssuer}/**`);
  await page.locator("input[name=login]").fill(name);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  await page.waitForURL(`${stack().homeserverUrl}/**`);
}

/** Where Synapse's page leads: the portal's return address with the login token. */
async function returnAddress(page: Page): Promise<URL> {
  const link = page.locator(`a[href^="${stack().portalUrl}/sign-in/return"]`);
  return new URL((await link.getAttribute("href")) ?? "");
}

test("SSO opens a session, and neither login token nor access token reaches the portal's server", async ({ page }) => {
  const seen = watchServer();
  const spied = spyOnHomeserver(page);
  await throughProvider(page, "tariq");
  const back = await returnAddress(page);
  const loginToken = back.searchParams.get("loginToken") ?? "";
  expect(loginToken.length).toBeGreaterThan(10);
  await page.locator(`a[href^="${stack().portalUrl}/sign-in/return"]`).click();
  await page.waitForURL(`${stack().portalUrl}/privacy`);
  await expect(page.getByText(stack().people.tariq.mxid).first()).toBeVisible();

  const { text, requests } = seen();
  expect(requests.filter(({ url }) => url.startsWith("/sign-in/return")).map(({ url }) => url)).toEqual(["/sign-in/return"]);
  for (const secret of [loginToken, ...spied.accessTokens, back.searchParams.get("state") ?? "?"]) expect(text).not.toContain(secret);
  expect(spied.accessTokens).toHaveLength(1);
  expect(spied.calls.at(-1)).toBe("POST /_matrix/client/v3/logout");
  // Nothing of it stays in the tab or behind the back button.
  expect(await page.evaluate(() => JSON.stringify(sessionStorage) + location.href)).not.toContain(loginToken);
  await page.goBack();
  expect(page.url()).not.toContain("loginToken");
});

test("a login token that was not asked for in this tab is thrown away unused", async ({ page }) => {
  await throughProvider(page, "mei");
  const back = await returnAddress(page);
  back.searchParams.set("state", "somebody-elses");
  const spied = spyOnHomeserver(page);
  await page.goto(back.href);
  await expect(page.getByText("was not started in this tab")).toBeVisible();
  expect(spied.accessTokens).toEqual([]);
  await expect(page.getByRole("link", { name: "Sign in", exact: true })).toBeVisible();
});

test("a return the service worker did not guard is thrown away unused", async ({ page, browser }) => {
  await throughProvider(page, "mei");
  const back = await returnAddress(page);
  const other = await browser.newContext({ serviceWorkers: "block" });
  const stranger = await other.newPage();
  const spied = spyOnHomeserver(stranger);
  await stranger.goto(back.href);
  await expect(stranger.getByText("thrown away unused")).toBeVisible();
  expect(spied.accessTokens).toEqual([]);
  await other.close();
});

test("where service workers are off, SSO is not started and says what to do instead", async ({ browser }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "serviceWorker", { get: () => ({ register: () => Promise.reject(new Error("off")) }) }));
  await page.goto(`${stack().portalUrl}/sign-in`);
  await page.getByRole("button", { name: "Continue with Garden Society" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "service workers are off" })).toBeVisible();
  expect(page.url()).toContain(stack().portalUrl);
  await context.close();
});

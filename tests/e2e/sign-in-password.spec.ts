import { expect, test } from "@playwright/test";
import { enter } from "./enter.ts";
import { stack } from "./facts.ts";
import { spyOnHomeserver } from "./homeserver-spy.ts";
import { watchServer } from "./seen.ts";

test("a password opens a session, and the portal's server never sees it or an access token", async ({ page }) => {
  const { people, homeserverUrl } = stack();
  const seen = watchServer();
  const spied = spyOnHomeserver(page);
  await enter(page, people.mei);

  expect(spied.accessTokens).toHaveLength(1);
  expect(spied.openIdTokens).toHaveLength(1);
  const { text, requests } = seen();
  expect(requests.some(({ url, body }) => url === "/api/auth/callback/matrix" && body.includes(spied.openIdTokens[0] ?? "?"))).toBe(true);
  for (const secret of [people.mei.password, ...spied.accessTokens]) expect(text).not.toContain(secret);
  // Of the OpenID token too, only the one body: not an address, not the log.
  expect(text.split(spied.openIdTokens[0] ?? "?")).toHaveLength(2);
  expect(spied.calls.at(-1)).toBe("POST /_matrix/client/v3/logout");
  const whoami = await fetch(`${homeserverUrl}/_matrix/client/v3/account/whoami`, { headers: { authorization: `Bearer ${spied.accessTokens[0] ?? ""}` } });
  expect(whoami.status).toBe(401);
});

test("the name alone is enough, and the session cookie is out of script's reach", async ({ page, context }) => {
  await enter(page, { mxid: "mei", password: stack().people.mei.password });
  const cookie = (await context.cookies()).find(({ name }) => name === "portal-session");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(await page.evaluate(() => document.cookie)).not.toContain("portal-session");
});

const refusals = [
  { title: "a wrong password", name: "mei", password: "not it", says: /does not know this name with this password/ },
  { title: "an account of another server", name: "@mei:elsewhere.example", password: "x", says: /on another server/ },
  { title: "a mail address", name: "mei@garden.example", password: "x", says: /looks like a mail address/ },
  { title: "a locked account", name: "lena", password: "elderflower", says: /locked this account/ },
  { title: "a deactivated account", name: "gus", password: "elderflower", says: /deactivated|does not know this name/ },
  { title: "an empty name", name: "", password: "x", says: /Type your Matrix ID or your name/ },
  { title: "an empty password", name: "mei", password: "", says: /Type your password/ },
  { title: "a blank behind the name", name: "mei ", password: "elderflower", says: /a blank before or after the name/ },
];
for (const { title, name, password, says } of refusals) {
  test(`${title} is told in words that take the focus, and the name is kept`, async ({ page }) => {
    const seen = watchServer();
    await page.goto(`${stack().portalUrl}/sign-in`);
    await page.getByLabel("Matrix ID or name").fill(name);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
    await expect(summary).toContainText(says);
    await expect(summary).toBeFocused();
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.getByLabel("Matrix ID or name")).toHaveValue(name);
    if (password) expect(seen().text).not.toContain(password.length > 3 ? password : "callback/matrix");
  });
}

test("an account of another server is refused before anything is sent", async ({ page }) => {
  await page.goto(`${stack().portalUrl}/sign-in`);
  await expect(page.getByLabel("Password", { exact: true })).toBeVisible();
  const spied = spyOnHomeserver(page);
  await page.getByLabel("Matrix ID or name").fill("@mei:garden.example.evil");
  await page.getByLabel("Password", { exact: true }).fill("secret");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "another server" })).toBeVisible();
  expect(spied.calls).toEqual([]);
});

test("a homeserver that is down, slow or asks to wait is told, and one can try again", async ({ page }) => {
  const { portalUrl, homeserverUrl, people } = stack();
  const login = `${homeserverUrl}/_matrix/client/v3/login`;
  await page.route(login, (route) => route.abort());
  await page.goto(`${portalUrl}/sign-in`);
  await expect(page.getByText("garden.example does not answer")).toBeVisible();
  await page.unroute(login);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByLabel("Password", { exact: true })).toBeVisible();

  const limited = { errcode: "M_LIMIT_EXCEEDED", error: "Too Many Requests", retry_after_ms: 90_000 };
  await page.route(login, (route) => (route.request().method() === "POST" ? route.fulfill({ status: 429, json: limited, headers: { "access-control-allow-origin": "*" } }) : route.continue()));
  await page.getByLabel("Matrix ID or name").fill(people.mei.name);
  await page.getByLabel("Password", { exact: true }).fill(people.mei.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText(/asks you to wait until \d{1,2}:\d\d:\d\d/).first()).toBeVisible();
});

test("when the OpenID token cannot be had, the temporary device is removed all the same", async ({ page }) => {
  const { portalUrl, homeserverUrl, people } = stack();
  await page.route(`${homeserverUrl}/_matrix/client/v3/user/**`, (route) => route.abort());
  const spied = spyOnHomeserver(page);
  await page.goto(`${portalUrl}/sign-in`);
  await page.getByLabel("Matrix ID or name").fill(people.mei.name);
  await page.getByLabel("Password", { exact: true }).fill(people.mei.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "does not answer" })).toBeVisible();
  expect(spied.calls.at(-1)).toBe("POST /_matrix/client/v3/logout");
});

test("without script there is an explanation, and nothing that could send a password", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${stack().portalUrl}/sign-in`);
  // Chromium under test parses <noscript> but does not paint it.
  expect(await page.locator("noscript").innerHTML()).toContain("Signing in needs JavaScript");
  await expect(page.getByText("Asking garden.example")).toHaveCount(0);
  expect(await page.locator("input:not([type=hidden])").count()).toBe(0);
  await context.close();
});

test("a form whose script breaks sends nothing", async ({ page }) => {
  const { portalUrl } = stack();
  await page.goto(`${portalUrl}/sign-in`);
  await page.getByLabel("Matrix ID or name").fill("mei");
  const password = page.getByLabel("Password", { exact: true });
  await password.fill("must stay here");
  const seen = watchServer();
  // Before the page's own handler hears of it: what is left is what the browser does by itself.
  await page.evaluate(() => addEventListener("submit", (event) => event.stopImmediatePropagation(), { capture: true }));
  await password.press("Enter");
  await page.waitForTimeout(500);
  expect(page.url()).toBe(`${portalUrl}/sign-in`);
  expect(seen().text).not.toContain("must");
  expect(await password.evaluate((input: HTMLInputElement) => [...new FormData(input.form ?? undefined).keys()])).toEqual([]);
});

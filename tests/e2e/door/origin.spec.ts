import { expect, test, type Page } from "@playwright/test";
import { enter } from "../enter.ts";
import { stack } from "../facts.ts";

/** Fields of the sign-out form as the browser would send it without script. */
async function signOutForm(page: Page): Promise<Record<string, string>> {
  return await page.evaluate(() => {
    const form = [...document.forms].find((one) => one.textContent?.trim() === "Sign out");
    return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  });
}

/** Plain HTML as it arrives: script takes the action's fields out of the form when it wakes up. */
async function rawForm(page: Page): Promise<Record<string, string>> {
  const plain = await page.context().browser()?.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  if (!plain) throw new Error("no browser");
  const copy = await plain.newPage();
  await copy.goto(`${stack().portalUrl}/privacy`);
  const fields = await signOutForm(copy);
  await plain.close();
  return fields;
}

test("an action is refused without Origin, with null, a foreign or a forged one, and works with ours", async ({ page }) => {
  const { portalUrl, people } = stack();
  await enter(page, people.mei);
  const multipart = await rawForm(page);
  expect(Object.keys(multipart).some((name) => name.startsWith("$ACTION"))).toBe(true);
  const alive = async () => (await page.request.get(`${portalUrl}/privacy`, { maxRedirects: 0 })).status() === 200;
  const forged: readonly Record<string, string>[] = [
    {},
    { origin: "null" },
    { origin: "https://evil.example" },
    { origin: "https://evil.example", host: "evil.example", "x-forwarded-host": "evil.example" },
    { "x-forwarded-host": "evil.example" },
    { origin: portalUrl, "sec-fetch-site": "cross-site" },
    { origin: portalUrl, "sec-fetch-site": "same-site" },
    { origin: portalUrl, "sec-fetch-site": "none" },
  ];
  for (const headers of forged) {
    const response = await page.request.post(`${portalUrl}/privacy`, { multipart, headers, maxRedirects: 0 });
    expect(response.status(), JSON.stringify(headers)).toBeGreaterThanOrEqual(400);
    expect(await alive(), JSON.stringify(headers)).toBe(true);
  }
  // text/plain is how a cross-site form would smuggle a body.
  await page.request.post(`${portalUrl}/privacy`, { data: new URLSearchParams(multipart).toString(), headers: { "content-type": "text/plain" }, maxRedirects: 0 });
  expect(await alive()).toBe(true);

  const response = await page.request.post(`${portalUrl}/privacy`, { multipart, headers: { origin: portalUrl, "sec-fetch-site": "same-origin" }, maxRedirects: 0 });
  expect(response.status()).toBe(303);
  expect(await alive()).toBe(false);
});

test("a form works without script: the browser's own Origin is ours", async ({ page, browser }) => {
  await enter(page, stack().people.mei);
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  const copy = await plain.newPage();
  await copy.goto(`${stack().portalUrl}/privacy`);
  await copy.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(copy.getByText("You are signed out.")).toBeVisible();
  await plain.close();
});

test("a proof is not taken from another page", async ({ page }) => {
  const { portalUrl } = stack();
  const { csrfToken } = (await (await page.request.get(`${portalUrl}/api/auth/csrf`)).json()) as { csrfToken: string };
  const form = { csrfToken, access_token: "x", matrix_server_name: "garden.example", json: "true" };
  const forged: readonly Record<string, string>[] = [{}, { origin: "null" }, { origin: "https://evil.example" }, { origin: portalUrl, "sec-fetch-site": "cross-site" }];
  for (const headers of forged) {
    expect((await page.request.post(`${portalUrl}/api/auth/callback/matrix`, { form, headers })).status()).toBe(403);
  }
  const own = await page.request.post(`${portalUrl}/api/auth/callback/matrix`, { form, headers: { origin: portalUrl } });
  expect(own.status()).toBe(401);
  expect(await own.text()).toContain("openid_refused");
});

test("a stranger's anti-forgery token is worth nothing", async ({ page }) => {
  const { portalUrl } = stack();
  const form = { csrfToken: "0".repeat(64), access_token: "x", matrix_server_name: "garden.example", json: "true" };
  const response = await page.request.post(`${portalUrl}/api/auth/callback/matrix`, { form, headers: { origin: portalUrl }, maxRedirects: 0 });
  expect(await response.text()).not.toContain("openid_refused");
  expect((await page.context().cookies()).some(({ name }) => name === "portal-session")).toBe(false);
});

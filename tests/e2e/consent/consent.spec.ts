import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import { complaintsOf, keep, listen, sticksOut } from "../look/inspect.ts";
import { enter } from "../enter.ts";
import { stack } from "../facts.ts";
import type { Recorded } from "../recorder.ts";
import { startConsentStack, type ConsentStack } from "./consent-stack.ts";

let own: ConsentStack;
test.describe.configure({ timeout: 120_000 });
test.beforeAll(async () => {
  test.setTimeout(180_000);
  own = await startConsentStack(stack().buildFolder.split("/").at(-1) ?? "");
});
test.afterAll(() => own.stop());

const agree = (page: Page) => page.getByRole("button", { name: "I agree" });
const done = (page: Page) => page.getByText("Done. You can return to your client");
const uriOf = async (person: { blocked(): Promise<{ consent_uri: string } | null> }) => (await person.blocked())?.consent_uri ?? "";

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 360]) {
    test(`blocked, then agreed, then the message goes through: ${colorScheme}, ${width} pixels`, async ({ browser }) => {
      const person = await own.person(`ada-${colorScheme}-${width}`);
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      const complaints = listen(page);
      const look = async (name: string) => {
        expect(await complaintsOf(page)).toEqual([]);
        expect(await sticksOut(page)).toBeLessThanOrEqual(0);
        await keep(page, `consent ${name} ${colorScheme} ${width}`);
      };
      await page.goto(await uriOf(person));
      expect(page.url().startsWith(`${own.portalUrl}/_matrix/consent?u=ada-`)).toBe(true);
      await expect(page.getByRole("heading", { level: 1, name: "Terms of use" })).toBeVisible();
      await look("ask");
      expect(await person.blocked()).not.toBeNull();
      await agree(page).click();
      await expect(done(page)).toBeVisible({ timeout: 20_000 });
      await look("done");
      expect(await person.blocked()).toBeNull();
      expect(complaints).toEqual([]);
      await context.close();
    });
  }
}

test("without script and in German: the page waits by itself and then says so", async ({ browser }) => {
  const person = await own.person("bruno");
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "de-DE" });
  const page = await context.newPage();
  await page.goto(await uriOf(person));
  await expect(page.getByRole("heading", { level: 1, name: "Nutzungsbedingungen" })).toBeVisible();
  await page.locator("main form button[type=submit]").click();
  await expect.poll(() => person.blocked(), { timeout: 20_000 }).toBeNull();
  // The button that is left says "tell the server again": what was agreed is no longer asked.
  await expect(page.locator("main form input[name=version]")).toHaveCount(1, { timeout: 20_000 });
  await expect(page.locator("main [role=status]")).toBeVisible();
  await context.close();
});

test("a link's key leaves the page in no header and no log", async ({ page }) => {
  const person = await own.person("cleo");
  const uri = await uriOf(person);
  const h = new URL(uri).searchParams.get("h") ?? "";
  await page.goto(uri);
  await agree(page).click();
  await expect(done(page)).toBeVisible({ timeout: 20_000 });
  await page.getByRole("link", { name: "Privacy notice of this portal" }).click();
  await page.waitForURL("**/privacy-notice");
  const requests = (await readFile(own.requestsFile, "utf8")).trim().split("\n").map((line) => JSON.parse(line) as Recorded);
  expect(requests.some(({ method, headers }) => method === "POST" && headers.origin === own.portalUrl)).toBe(true);
  for (const { headers } of requests) {
    expect(headers.referer ?? "").not.toContain("u=");
    expect(headers.referer ?? "").not.toContain(h);
  }
  for (const log of own.logs) {
    const text = await readFile(log, "utf8");
    expect(text).not.toContain(h);
    expect(text).not.toContain("cleo");
  }
});

test("every link that is not right gets one and the same answer", async ({ request }) => {
  const person = await own.person("dora");
  const right = new URL(await uriOf(person)).searchParams;
  const [u, h] = [right.get("u") ?? "", right.get("h") ?? ""];
  const wrong = [{ u, h: h.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")) }, { u: "keeper", h }, { u: "nobody", h }, { u }, { h }, { u: "", h: "" }, { u, h: "x" }, { u: `@${u}:garden.example`, h }, { u, h: `${h}00`, v: "1.0" }];
  // What is left is the address itself, the nonce, and the file names of the build in another order.
  const words = (html: string) => html.replace(/<script[\s\S]*?<\/script>|<[^>]+>/g, " ").replace(/\s+/g, " ");
  const answers = new Set<string>();
  for (const link of wrong) {
    const answer = await request.get(`${own.portalUrl}/_matrix/consent?${new URLSearchParams(link as Record<string, string>)}`);
    expect(answer.status(), JSON.stringify(link)).toBe(403);
    const page = await answer.text();
    expect(page).toContain("This link does not work");
    answers.add(words(page));
  }
  expect(answers.size).toBe(1);
  expect((await request.get(`${own.portalUrl}/_matrix/consent?${right}`)).status()).toBe(200);
});

test("a foreign page cannot agree in somebody's name", async ({ request }) => {
  const person = await own.person("eve");
  const uri = new URL(await uriOf(person));
  const page = await (await request.get(`${own.portalUrl}/_matrix/consent${uri.search}`)).text();
  // The languages in the footer are forms too.
  const main = page.slice(page.indexOf("<main"), page.indexOf("</main>"));
  const fields = [...main.matchAll(/<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g)].map(([, name = "", value = ""]) => [name, value.replaceAll("&quot;", '"').replaceAll("&amp;", "&")]);
  const send = (headers: Record<string, string>) => request.post(`${own.portalUrl}/_matrix/consent${uri.search}`, { multipart: Object.fromEntries(fields) as Record<string, string>, headers });
  for (const headers of [{ origin: "https://evil.example" }, { origin: "null" }, {}] as Record<string, string>[]) await send(headers);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await person.blocked()).not.toBeNull();
  // The same form from our own page is taken: it was the origin that stopped the others.
  await send({ origin: own.portalUrl });
  await expect.poll(() => person.blocked(), { timeout: 20_000 }).toBeNull();
});

test("the text is there for anybody, an earlier version too, and none that never was", async ({ page }) => {
  await page.goto(`${own.portalUrl}/_matrix/consent`);
  await expect(page.getByRole("heading", { level: 1, name: "Terms of use" })).toBeVisible();
  await expect(agree(page)).toHaveCount(0);
  expect((await page.goto(`${own.portalUrl}/_matrix/consent?v=2.0`))?.status()).toBe(200);
  await expect(page.getByText("100 MB")).toBeVisible();
  for (const v of ["9", "../../etc", "__proto__"]) expect((await page.goto(`${own.portalUrl}/_matrix/consent?${new URLSearchParams({ v })}`))?.status()).toBe(404);
});

test("a new version blocks again, and says that it is one", async ({ page }) => {
  const person = await own.person("finn");
  await page.goto(await uriOf(person));
  await agree(page).click();
  await expect(done(page)).toBeVisible({ timeout: 20_000 });
  await own.ask("2.0");
  await page.goto(await uriOf(person));
  await expect(page.getByText("You agreed to an earlier version of this text")).toBeVisible();
  await agree(page).click();
  await expect(done(page)).toBeVisible({ timeout: 20_000 });
  expect(await person.blocked()).toBeNull();
});

test("whom to ask, and that the signal of browsers is heard, stands where machines look", async ({ request }) => {
  const support = await request.get(`${own.portalUrl}/.well-known/matrix/support`);
  expect(await support.json()).toEqual({
    contacts: [{ email_address: "privacy@garden.example", role: "m.role.dpo" }, { email_address: "privacy@garden.example", role: "org.matrix.msc4265.role.dpo" }],
    support_page: own.portalUrl,
  });
  const gpc = await request.get(`${own.portalUrl}/.well-known/gpc.json`);
  expect(gpc.headers()["content-type"]).toContain("application/json");
  expect(await gpc.json()).toEqual({ gpc: true, lastUpdate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
});

test("a browser that objects is noted once, when somebody is signed in", async ({ browser }) => {
  const { databaseUrl, people } = stack();
  const context = await browser.newContext({ extraHTTPHeaders: { "sec-gpc": "1" } });
  const page = await context.newPage();
  await enter(page, people.mei);
  await page.goto(`${stack().portalUrl}/requests`);
  const db = createDb(databaseUrl);
  const rows = await db.consentRecord.findMany({ where: { person: { mxid: people.mei.mxid }, act: "objected" } });
  expect(rows.map(({ policy }) => policy)).toEqual(["sec-gpc"]);
  await db.$disconnect();
  await context.close();
});

import { expect, test, type BrowserContext } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { cookieOption } from "#lib/auth/cookie.ts";
import { stack } from "#tests/e2e/facts.ts";
import { onlyEnglish } from "#tests/e2e/in-language.ts";
import { languages, languageTags } from "#lib/messages/languages.ts";
import { keep, listen, signedIn, sticksOut } from "./inspect.ts";
import { plant, uproot } from "./plant.ts";
import { scenes } from "./scenes.ts";

test.describe.configure({ timeout: 180_000 });

const open = ["/", "/rights", "/verify", "/privacy-notice", "/sign-in", "/stop", "/certificate", "/not-for-you?why=locked", "/nothing-here"];
const inside = ["/privacy", "/requests", "/requests/new", "/requests/new/erasure", "/requests/new/consent", "/consents", "/ask-without-account", "/desk/new", "/desk?state=all"];

let db: PrismaClient;
let state: Awaited<ReturnType<BrowserContext["storageState"]>>;
let planted: readonly string[];
let paths: readonly string[];

test.beforeAll(async ({ browser }) => {
  const { databaseUrl, people } = stack();
  db = createDb(databaseUrl);
  state = await signedIn(browser);
  const { id } = await db.person.findUniqueOrThrow({ where: { mxid: people.frida.mxid } });
  const now = new Date();
  const mine = await Promise.all((["review", "ready", "denied", "failed", "unconfirmed", "consentAnswered"] as const).map((name) => plant(db, id, scenes(now)[name], { now })));
  const ben = await db.person.upsert({ where: { mxid: people.ben.mxid }, create: { mxid: people.ben.mxid, firstSeenAt: now, accountState: "active" }, update: {} });
  const theirs = await Promise.all((["review", "blocked", "consentAsked"] as const).map((name) => plant(db, ben.id, scenes(now)[name], { now })));
  planted = [...mine, ...theirs];
  paths = [...open, ...inside, ...mine.map((reference) => `/requests/${reference}`), `/requests/${mine[0] ?? ""}/withdraw`, ...theirs.map((reference) => `/desk/${reference}`), `/desk/${theirs[0] ?? ""}/deny`, `/desk/${theirs[2] ?? ""}/reply`];
});
test.afterAll(async () => {
  await uproot(db, planted);
  await db.$disconnect();
});

/** Long words and other plurals: nothing sticks out on the narrowest phone, and nothing is said in English. */
for (const locale of languageTags.filter((tag) => tag !== "en")) {
  test(`every kind of page in ${languages[locale]}`, async ({ browser }) => {
    const { portalUrl } = stack();
    const context = await browser.newContext({ baseURL: portalUrl, storageState: state, viewport: { width: 320, height: 640 } });
    await context.addCookies([{ name: cookieOption("portal-language", portalUrl).name, value: locale, url: portalUrl }]);
    const page = await context.newPage();
    const complaints = listen(page);
    const english = onlyEnglish(locale);
    for (const path of paths) {
      await page.goto(path);
      await expect.soft(page.locator("html"), path).toHaveAttribute("lang", locale);
      expect.soft(await sticksOut(page), `${locale} ${path}`).toBeLessThanOrEqual(0);
      const lines = (await page.locator("body").innerText()).split("\n").map((line) => line.trim());
      expect.soft(lines.filter((line) => english.has(line)), `${locale} ${path}`).toEqual([]);
      await keep(page, `${locale}-${path}`);
    }
    expect.soft(complaints.filter((each) => !each.includes("404"))).toEqual([]);
    await context.close();
  });
}

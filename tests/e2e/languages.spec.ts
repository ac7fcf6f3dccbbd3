import { expect, test } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import { languages, languageTags } from "#lib/messages/languages.ts";
import { translator } from "#lib/messages/messages.ts";
import { enter } from "./enter.ts";
import { stack } from "./facts.ts";
import { uproot } from "./look/plant.ts";
import { noticesOf } from "./whole-way/second-channel.ts";
import { waitFor } from "#tests/world/wait.ts";

const lang = (page: { locator(selector: string): { getAttribute(name: string): Promise<string | null> } }) => page.locator("html").getAttribute("lang");

test("a browser is met in its own language, and in English where the portal does not speak it", async ({ browser }) => {
  for (const [asked, given] of [["de-AT", "de"], ["fr-BE", "fr"], ["es-MX", "es"], ["pl", "pl"], ["uk-UA", "uk"], ["tlh", "en"]] as const) {
    const page = await browser.newPage({ baseURL: stack().portalUrl, locale: asked });
    await page.goto("/");
    expect(await lang(page)).toBe(given);
    await expect(page.getByRole("link", { name: translator(given, "common")("privacyNotice") })).toBeVisible();
    await page.close();
  }
});

for (const javaScriptEnabled of [true, false]) {
  test(`a language that was chosen stays, with${javaScriptEnabled ? "" : "out"} script`, async ({ browser }) => {
    const context = await browser.newContext({ baseURL: stack().portalUrl, locale: "en-GB", javaScriptEnabled });
    const page = await context.newPage();
    await page.goto("/rights");
    for (const tag of languageTags) {
      await page.getByRole("button", { name: languages[tag], exact: true }).click();
      await expect(page.locator("html")).toHaveAttribute("lang", tag);
      await expect(page.getByRole("button", { name: languages[tag], exact: true })).toHaveAttribute("aria-pressed", "true");
      expect(new URL(page.url()).pathname).toBe("/rights");
    }
    await page.goto("/verify");
    expect(await lang(page)).toBe(languageTags.at(-1));
    const cookie = (await context.cookies()).find(({ name }) => name.endsWith("portal-language"));
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", value: languageTags.at(-1) });
    await context.close();
  });
}

test("letters follow the language somebody reads in", async ({ browser }) => {
  const { people, databaseUrl } = stack();
  const db = createDb(databaseUrl);
  const page = await browser.newPage({ baseURL: stack().portalUrl });
  await enter(page, people.mei);
  const locale = async () => (await db.person.findUniqueOrThrow({ where: { mxid: people.mei.mxid } })).locale;
  expect(await locale()).toBe("en");
  await page.getByRole("button", { name: languages.de, exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  expect(await locale()).toBe("de");

  const said = translator("de", "requests");
  await page.goto("/requests/new");
  await page.getByRole("button", { name: said("new.next") }).click();
  await page.getByRole("button", { name: said("check.send") }).click();
  await page.waitForURL(/\/confirm$/);
  const reference = /requests\/(\w+)\//.exec(page.url())?.[1] ?? "";
  const keep = translator("de", "letters")("code.keep");
  const notice = await waitFor("the code in a notice", async () => (await noticesOf(people.mei)).find((body) => body.includes(`${reference.slice(0, 4)}-${reference.slice(4)}`)));
  expect(notice).not.toContain("Give it to nobody");
  expect(sharesWords(notice ?? "", keep)).toBe(true);
  await uproot(db, [reference]);
  await db.person.update({ where: { mxid: people.mei.mxid }, data: { locale: "en" } });
  await db.$disconnect();
  await page.close();
});

/** Two sentences of one language about one thing share most of their longer words. */
function sharesWords(text: string, other: string): boolean {
  const words = (said: string) => new Set(said.toLowerCase().match(/\p{Letter}{4,}/gu) ?? []);
  return [...words(other)].filter((word) => words(text).has(word)).length > 0;
}

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { mkdir } from "node:fs/promises";
import { enter } from "#tests/e2e/enter.ts";
import { stack } from "#tests/e2e/facts.ts";

let kept: Awaited<ReturnType<BrowserContext["storageState"]>> | undefined;

/** Frida may see both sides. She signs in once for all who look, since the portal takes few sign-ins of one person in ten minutes. */
export async function signedIn(browser: Browser): Promise<NonNullable<typeof kept>> {
  kept ??= await signInAnew(browser);
  const page = await browser.newPage({ storageState: kept });
  await page.goto(`${stack().portalUrl}/privacy`);
  if (new URL(page.url()).pathname !== "/privacy") kept = await signInAnew(browser);
  await page.close();
  return kept;
}

async function signInAnew(browser: Browser): Promise<NonNullable<typeof kept>> {
  const page = await browser.newPage();
  await enter(page, stack().people.frida);
  const found = await page.context().storageState();
  await page.close();
  return found;
}

/** What the browser complains about: scripts that failed, styles the policy stopped. */
export function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return complaints;
}

export async function inspect(page: Page, name: string, path: string): Promise<void> {
  const answer = await page.goto(path);
  expect.soft(answer?.status(), name).toBe(200);
  await expect.soft(page.getByRole("heading", { level: 1 }), name).toHaveCount(1);
  const source = (await answer?.text()) ?? "";
  expect.soft(source.match(/<[^>]* style=/)?.[0], name).toBeUndefined();
  expect.soft(source, name).not.toMatch(/\b(requests|desk|ui|kinds|reasons|failures|errors|erasure)\.[a-z]+(\.[A-Za-z]+)*\b(?=<)/);
  expect.soft(await sticksOut(page), name).toBeLessThanOrEqual(0);
  expect.soft(await complaintsOf(page), name).toEqual([]);
}

/** What axe has against the page as it stands. */
export async function complaintsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

/** Pixels of the page that can only be reached by scrolling sideways. */
export async function sticksOut(page: Page): Promise<number> {
  return await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** With LOOK_SHOTS set to a folder every screen is kept as a picture, to be looked at with one's own eyes. */
export async function keep(page: Page, name: string): Promise<void> {
  const folder = process.env["LOOK_SHOTS"];
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name.replace(/[^\w]+/g, "-")}.png`, fullPage: true });
}

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

/**
 * Opens a page and looks at it, in light and in dark colours: only the colours differ (tokens.css), so in the second only they
 * are looked at. `seen` is called in each.
 */
export async function inspect(page: Page, name: string, path: string, seen: (scheme: "light" | "dark") => Promise<void> = () => Promise.resolve()): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  const answer = await page.goto(path);
  expect.soft(answer?.status(), name).toBe(200);
  await expect.soft(page.getByRole("heading", { level: 1 }), name).toHaveCount(1);
  const source = (await answer?.text()) ?? "";
  expect.soft(source.match(/<[^>]* style=/)?.[0], name).toBeUndefined();
  expect.soft(source, name).not.toMatch(/\b(requests|desk|ui|kinds|reasons|failures|errors|erasure)\.[a-z]+(\.[A-Za-z]+)*\b(?=<)/);
  expect.soft(await sticksOut(page), name).toBeLessThanOrEqual(0);
  expect.soft(await complaintsOf(page), name).toEqual([]);
  await seen("light");
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  expect.soft(await complaintsOf(page, ["color-contrast", "link-in-text-block"]), `${name}, dark`).toEqual([]);
  await seen("dark");
}

/** Looks at the page as it stands as at 400 % zoom, where 320 pixels are left of 1280 (WCAG 1.4.10): nothing sticks out then either. Without loading it again: nobody who zooms does. */
export async function zoomed(page: Page, name: string, seen: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  const usual = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  expect.soft(await sticksOut(page), `${name}, zoomed`).toBeLessThanOrEqual(0);
  await seen();
  if (usual) await page.setViewportSize(usual);
}

/** What axe has against the page as it stands: by all its rules, or by some. */
export async function complaintsOf(page: Page, rules?: string[]): Promise<string[]> {
  // Otherwise it opens another page for each look, to put together what it found in frames.
  expect(page.frames()).toHaveLength(1);
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])).analyze();
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

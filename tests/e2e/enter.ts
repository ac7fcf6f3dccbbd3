import { expect, type Page } from "@playwright/test";
import { stack } from "./facts.ts";

/**
 * Signs in through the page, as a person would, and waits until the portal has let them in.
 * @param next path to land on
 */
export async function enter(page: Page, person: { readonly mxid: string; readonly password: string }, next = "/privacy"): Promise<void> {
  const { portalUrl } = stack();
  await page.goto(`${portalUrl}/sign-in?${new URLSearchParams({ next })}`);
  await page.getByLabel("Matrix ID or name").fill(person.mxid);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname + url.search === next);
  await expect(page.getByRole("button", { name: "Sign out", exact: true })).toBeVisible();
}

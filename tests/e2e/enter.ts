import { expect, type Page } from "@playwright/test";
import { SIGN_INS, SIGN_INS_MS } from "#lib/auth/open-session.ts";
import { createDb } from "#lib/db/client.ts";
import { stack } from "./facts.ts";

/**
 * Signs in through the page, as a person would, and waits until the portal has let them in.
 * @param next path to land on
 */
export async function enter(page: Page, person: { readonly mxid: string; readonly password: string }, next = "/privacy"): Promise<void> {
  const { portalUrl } = stack();
  await makeRoom(person.mxid);
  await page.goto(`${portalUrl}/sign-in?${new URLSearchParams({ next })}`);
  await page.getByLabel("Matrix ID or name").fill(person.mxid);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname + url.search === next);
  await expect(page.getByRole("button", { name: "Sign out", exact: true })).toBeVisible();
}

/** The portal takes so many sign-ins of one person in ten minutes, and a quick machine gets through more tests: all but the latest few become older, when it comes to that. */
async function makeRoom(mxid: string): Promise<void> {
  const db = createDb(stack().databaseUrl);
  const before = new Date(Date.now() - SIGN_INS_MS);
  const recent = await db.session.findMany({ where: { person: { mxid }, authenticatedAt: { gt: before } }, orderBy: { authenticatedAt: "desc" }, select: { id: true } });
  if (recent.length >= SIGN_INS - 1) await db.session.updateMany({ where: { id: { in: recent.slice(3).map(({ id }) => id) } }, data: { authenticatedAt: before } });
  await db.$disconnect();
}

import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import { enter } from "../enter.ts";
import { stack } from "../facts.ts";

const db = createDb(stack().databaseUrl);
test.afterAll(async () => {
  await db.$executeRawUnsafe('ALTER TABLE IF EXISTS "Session_away" RENAME TO "Session"');
  await db.$disconnect();
});

test("a page that breaks shows an id and no reason, the log has the same id and nobody's name", async ({ page }) => {
  const { portalUrl, people, webLog } = stack();
  await enter(page, people.ben);
  const before = readFileSync(webLog, "utf8").length;
  await db.$executeRawUnsafe('ALTER TABLE "Session" RENAME TO "Session_away"');
  try {
    await page.goto(`${portalUrl}/privacy`);
    await expect(page.getByRole("heading", { name: "Something went wrong on our side" })).toBeVisible();
    const id = (await page.locator("main code").textContent()) ?? "";
    expect(id).toMatch(/^\d{6,}/);
    await expect(page.locator("body")).not.toContainText(/prisma|session_away|relation|stack/i);
    const log = readFileSync(webLog, "utf8").slice(before);
    const line = log.split("\n").find((one) => one.includes(id));
    expect(JSON.parse(line ?? "{}")).toMatchObject({ event: "request.failed", id });
    expect(log).not.toContain(people.ben.mxid);
    expect(log).not.toMatch(/invocation in|\n {4}at /);

    // The door itself still stands, and says so in words.
    const health = await page.request.get(`${portalUrl}/api/health`);
    expect(await health.json()).toEqual({ ok: true });
    await page.goto(`${portalUrl}/rights`);
    await expect(page.getByRole("heading", { name: "What is kept, and your rights" })).toBeVisible();
  } finally {
    await db.$executeRawUnsafe('ALTER TABLE "Session_away" RENAME TO "Session"');
  }
  await page.getByRole("link", { name: "Privacy garden.example" }).click();
  await page.waitForURL(`${portalUrl}/privacy`);
});

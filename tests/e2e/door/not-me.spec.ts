import { expect, test } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import { notMeKey } from "#lib/requests/not-me-key.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { stack } from "../facts.ts";
import { watchServer } from "../seen.ts";

const db = createDb(stack().databaseUrl);
test.afterAll(() => db.$disconnect());

async function openRequest(): Promise<{ id: string; reference: string }> {
  const { personId } = await makePerson(db, { mxid: `@frightened-${Date.now()}-${Math.random()}:garden.example` });
  return await makeRequest(db, personId);
}
const keyOf = (id: string) => notMeKey(stack().portalSecret, id);
const frozenAt = async (id: string) => (await db.request.findUniqueOrThrow({ where: { id } })).frozenAt;

test("opening the link changes nothing and sends no key; only the explicit answer freezes", async ({ page }) => {
  const { id, reference } = await openRequest();
  const key = keyOf(id);
  const seen = watchServer();
  await page.goto(`${stack().portalUrl}/not-me/${reference}#${key}`);
  await expect(page.getByRole("heading", { name: "Was this you?" })).toBeVisible();
  expect(seen().text).not.toContain(key);
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Say whether the request was yours" })).toBeVisible();
  expect(await frozenAt(id)).toBeNull();

  await page.getByLabel("No, this was not me").check();
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(page.getByText("is stopped")).toBeVisible();
  expect(await frozenAt(id)).not.toBeNull();
  // An address and a log never hold the key: it travels in the body alone.
  for (const { url, headers } of seen().requests) expect(url + JSON.stringify(headers)).not.toContain(key);
});

test("a wrong key, somebody else's key and an unknown reference are told alike and change nothing", async ({ page }) => {
  const [mine, other] = [await openRequest(), await openRequest()];
  for (const [reference, key] of [[mine.reference, "wrong"], [mine.reference, keyOf(other.id)], ["00000000", keyOf(mine.id)]] as const) {
    await page.goto(`${stack().portalUrl}/not-me/${reference}#${key}`);
    await page.reload();
    await page.getByLabel("No, this was not me").check();
    await page.getByRole("button", { name: "Send answer" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "We know no such request" })).toBeVisible();
  }
  expect(await frozenAt(mine.id)).toBeNull();
  expect(await frozenAt(other.id)).toBeNull();
});

test("without script the key can be typed", async ({ browser }) => {
  const { id, reference } = await openRequest();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${stack().portalUrl}/not-me/${reference}`);
  await page.getByLabel("Key from the message").fill(keyOf(id));
  await page.getByLabel("No, this was not me").check();
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(page.getByText("is stopped")).toBeVisible();
  expect(await frozenAt(id)).not.toBeNull();
  await context.close();
});

test("who says it was them stops nothing", async ({ page }) => {
  const { id, reference } = await openRequest();
  await page.goto(`${stack().portalUrl}/not-me/${reference}#${keyOf(id)}`);
  await page.getByLabel("Yes, it was me").check();
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(page.getByText("nothing was changed")).toBeVisible();
  expect(await frozenAt(id)).toBeNull();
});

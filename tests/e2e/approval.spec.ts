import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import { openRows, type EventRow } from "#tests/fixtures/synapse-rows.ts";
import { enter } from "./enter.ts";
import { stack } from "./facts.ts";
import { uproot } from "./look/plant.ts";
import { readPackage } from "./whole-way/read-package.ts";
import { codeIn, mailAbout } from "./whole-way/second-channel.ts";

/** What needs a decision of its own, the whole way: Tariq asks for what his server fetched back, Frida grants it, the package holds it. */
test.describe.configure({ mode: "serial", timeout: 90_000 });

let page: Page;
let desk: Page;
let reference = "";
let mine: EventRow;
const spoken = () => `${reference.slice(0, 4)}-${reference.slice(4)}`;
const name = "Own messages fetched back later";

test.beforeAll(async ({ browser }) => {
  const { synapseDatabaseUrl, people, portalUrl } = stack();
  const rows = await openRows(synapseDatabaseUrl);
  const fetched = { roomId: "!fetched:garden.example", streamOrdering: -900_001 };
  mine = await rows.event({ ...fetched, sender: people.tariq.mxid, eventId: "$fetched-of-tariq", content: { msgtype: "m.text", body: "seeds of last spring" } });
  await rows.event({ ...fetched, streamOrdering: -900_002, sender: "@eve:elsewhere.example", eventId: "$fetched-of-eve", content: { body: "EVE-CANARY" } });
  await rows.close();
  page = await browser.newPage({ baseURL: portalUrl });
});
test.afterAll(async () => {
  const db = createDb(stack().databaseUrl);
  await uproot(db, [reference]);
  await db.$disconnect();
  await page.close();
});

test("the form has it unticked, says what it is, and repeats it before sending", async () => {
  const { people } = stack();
  await enter(page, people.tariq, "/requests/new");
  const box = page.getByRole("checkbox", { name });
  await expect(box).not.toBeChecked();
  await expect(page.getByText("This is never in a copy unless you ask for it here.")).toBeVisible();
  await page.getByRole("button", { name: "Check your answers" }).click();
  await expect(page.getByText(/^Everything \(\d+ kinds\)$/)).toBeVisible();
  await expect(page.getByText(name)).toHaveCount(0);
  await page.getByRole("button", { name: "Change answers" }).click();
  await box.check();
  await page.getByRole("button", { name: "Check your answers" }).click();
  await expect(page.getByText(`${name}. The privacy team decides on it.`)).toBeVisible();
  await page.getByRole("button", { name: "Send request" }).click();
  await page.waitForURL(/\/requests\/[0-9A-Z]{8}\/confirm$/);
  reference = /requests\/([0-9A-Z]{8})\//.exec(page.url())?.[1] ?? "";
  const mail = await mailAbout("tariq@garden.example", `Confirm your request (${spoken()})`);
  await page.getByLabel("Code", { exact: true }).fill(codeIn(mail.text ?? ""));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.waitForURL(new RegExp(`/requests/${reference}$`));
  await expect(page.getByText(`${name}: not decided`)).toBeVisible();
});

test("the desk must say yes or no to it, with words, before anything is approved", async ({ browser }) => {
  const { people, portalUrl } = stack();
  desk = await browser.newPage({ baseURL: portalUrl });
  await enter(desk, people.frida, `/desk/${reference}`);
  await expect(desk.getByText("1 entry was found.")).toBeVisible({ timeout: 30_000 });
  await expect(desk.getByRole("row", { name: new RegExp(`${name} \\(only if granted; not in the total\\) 1`) })).toBeVisible();
  await desk.getByRole("button", { name: "Approve and build" }).click();
  const summary = desk.getByRole("alert").filter({ hasText: "There is a problem" });
  await expect(summary.getByRole("link")).toHaveCount(2);
  await desk.getByRole("radio", { name: "Grant it" }).check();
  await desk.getByLabel(`Why, about “${name}”`).fill("These are your own words, and the room lost them here.");
  await desk.getByRole("checkbox", { name: "Show me the package first" }).check();
  await desk.getByRole("button", { name: "Approve and build" }).click();
  await expect(desk.getByText(/Being built|To decide/).first()).toBeVisible();
  await expect(desk.getByText(`${name}: granted`)).toBeVisible();
});

test("the package is seen on the desk before it is handed out, with its ledger and what the leak gate said", async () => {
  await expect.poll(async () => {
    await page.reload();
    return await page.getByRole("heading", { level: 1 }).textContent();
  }, { timeout: 60_000 }).toContain("Your copy is built and looked at once more");
  await expect(page.getByRole("button", { name: /^Download/ })).toHaveCount(0);
  expect((await mailAbout("privacy@garden.example", `The package of request ${spoken()} waits to be seen`)).text).toContain(`/desk/${reference}`);
  await desk.goto(`/desk/${reference}`);
  await expect(desk.getByRole("heading", { name: "Checked before release" })).toBeVisible();
  await expect(desk.getByRole("row", { name: new RegExp(`^${name} 1 1`) })).toBeVisible();
  await expect(desk.getByRole("button", { name: "Approve and build" })).toHaveCount(0);
  await desk.getByRole("button", { name: "Hand out the package" }).click();
  await expect(desk.getByText("The package waits for the person.")).toBeVisible();
  await desk.close();
});

test("the package holds the folder, with his words and nobody else's, and says who agreed and why", async () => {
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Your copy is ready", { timeout: 60_000 });
  await expect(page.getByText(`${name}: granted`)).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Download your copy/ }).click()]);
  const { files, records, manifest } = await readPackage(await readFile(await download.path()));
  expect(records.get("data/backfilled-own/messages.ndjson")).toMatchObject([{ event_id: mine.eventId, stream_ordering: -900_001, backfilled: true }]);
  expect(files.get("data/backfilled-own/messages.ndjson")?.content.toString()).toContain(`,"event":${mine.json}}`);
  expect((records.get("data/messages.ndjson") ?? []).filter((line) => line["event_id"] === mine.eventId)).toEqual([]);
  expect(Buffer.concat([...files.values()].map((file) => file.content)).toString("latin1")).not.toContain("EVE-CANARY");
  expect(manifest.approvals).toMatchObject([{ kind: "backfilled_own", by: "data protection officer", reason: "These are your own words, and the room lost them here." }]);
});

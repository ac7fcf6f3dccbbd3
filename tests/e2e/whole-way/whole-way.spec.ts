import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { enter } from "#tests/e2e/enter.ts";
import { stack } from "#tests/e2e/facts.ts";
import { unlisted } from "#lib/export/bag.ts";
import { forbiddenTo, owedTo } from "#tests/world/canary.ts";
import { expectedFor, type Expected, type Line } from "./oracle.ts";
import { readPackage, type ReadPackage } from "./read-package.ts";
import { codeIn, mailAbout, noticesOf } from "./second-channel.ts";

/**
 * The main job, end to end: Rosa signs in, asks, types the code her server sent her; Frida decides; the worker builds;
 * a mail comes; Rosa downloads; the package is opened and held against the homeserver's own tables.
 */
test.describe.configure({ mode: "serial", timeout: 120_000 });

let page: Page;
let reference = "";
/** As people read it: 7F3K-29QD. */
const spoken = () => `${reference.slice(0, 4)}-${reference.slice(4)}`;
let downloaded: Buffer;
let opened: ReadPackage;
let expected: Expected;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage({ baseURL: stack().portalUrl });
});
test.afterAll(() => page.close());

test("Rosa asks for everything", async () => {
  const { people } = stack();
  await enter(page, people.rosa);
  await page.goto("/requests/new");
  await page.getByRole("button", { name: "Check your answers" }).click();
  await page.getByRole("button", { name: "Send request" }).click();
  await page.waitForURL(/\/requests\/[0-9A-Z-]+\/confirm$/);
  reference = /requests\/([0-9A-Z]{8})\/confirm/.exec(page.url())?.[1] ?? "";
  expect(reference).not.toBe("");
});

test("the code reaches her by server notice and by mail, and is the same", async () => {
  const { people } = stack();
  const mail = await mailAbout("rosa@garden.example", `Confirm your request (${spoken()})`);
  const code = codeIn(mail.text ?? "");
  await expect.poll(async () => (await noticesOf(people.rosa)).some((body) => body.includes(code)), { timeout: 30_000 }).toBe(true);
  await page.goto(`/requests/${reference}/confirm`);
  await page.getByLabel("Code", { exact: true }).fill(code.toLowerCase().replace("-", " "));
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.waitForURL(new RegExp(`/requests/${reference}$`));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("The privacy team is checking your request");
});

test("Frida sees it on the desk and approves", async ({ browser }) => {
  const { people } = stack();
  const desk = await browser.newPage({ baseURL: stack().portalUrl });
  await enter(desk, people.frida, "/desk");
  await desk.getByRole("row").filter({ hasText: spoken() }).getByRole("link").first().click();
  await expect(desk.getByText(people.rosa.mxid).first()).toBeVisible();
  await desk.getByRole("button", { name: "Approve and build" }).click();
  await expect(desk.getByText(/Being built|Ready/).first()).toBeVisible();
  await desk.close();
});

test("it is built while her page looks on, and a mail says where", async () => {
  const { portalUrl } = stack();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Your copy is ready", { timeout: 60_000 });
  const mail = await mailAbout("rosa@garden.example", `Your data is ready (request ${spoken()})`);
  const links = (mail.text ?? "").match(/https?:\/\/\S+/g) ?? [];
  expect(links).toContain(`${portalUrl}/requests/${reference}`);
});

test("the mailed link alone opens nothing", async ({ browser }) => {
  const { people, portalUrl } = stack();
  const stranger = await browser.newPage({ baseURL: stack().portalUrl });
  await stranger.goto(`${portalUrl}/requests/${reference}`);
  await expect(stranger).toHaveURL(/\/sign-in/);
  await enter(stranger, people.ben, "/privacy");
  const answer = await stranger.goto(`${portalUrl}/requests/${reference}`);
  expect(answer?.status()).toBe(404);
  const taken = await stranger.request.post(`${portalUrl}/requests/${reference}/download`, { headers: { origin: portalUrl, "sec-fetch-site": "same-origin" } });
  expect(taken.status()).toBe(404);
  await stranger.close();
});

test("she downloads it, whole and with what the page says of it", async () => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /^Download your copy/ }).click()]);
  expect(download.suggestedFilename()).toBe(`matrix-export-${reference}.zip`);
  const zip = await readFile(await download.path());
  await expect(page.getByText(createHash("sha256").update(zip).digest("hex"))).toBeAttached();
  downloaded = zip;
  opened = await readPackage(zip);
  const { synapseDatabaseUrl, people } = stack();
  expected = await expectedFor(synapseDatabaseUrl, people.rosa.mxid);
});

test("the page that checks packages finds it whole, and asks for nothing but the keys", async ({ browser }) => {
  const stranger = await browser.newPage({ baseURL: stack().portalUrl });
  await stranger.goto("/verify", { waitUntil: "networkidle" });
  const asked: string[] = [];
  stranger.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname} ${request.postData() ?? ""}`.trim()));
  await stranger.getByLabel("The package (ZIP)").setInputFiles({ name: "copy.zip", mimeType: "application/zip", buffer: downloaded });
  await expect(stranger.getByText("This package is whole and genuine")).toBeVisible({ timeout: 30_000 });
  expect(asked).toEqual(["GET /.well-known/matrix-privacy-portal/keys.json"]);
  await stranger.close();
});

test("every file is in the manifest with its own hash, and nothing else is", () => {
  const { files, manifest, records } = opened;
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  expect([...listed.keys(), ...unlisted].sort()).toEqual([...files.keys()].sort());
  for (const [name, file] of files) {
    if (!listed.has(name)) continue;
    expect(file.sha256, name).toBe(listed.get(name)?.sha256);
    expect(file.content.length, name).toBe(listed.get(name)?.bytes);
  }
  for (const [name, lines] of records) expect(lines.length, name).toBe(listed.get(name)?.records);
  // One file of lines for each kind of data nobody must approve.
  expect(records.size).toBe(21);
});

test("her messages are exactly those the homeserver's own tables give", () => {
  const lines = opened.records.get("data/messages.ndjson") ?? [];
  const full = lines.filter((line) => line["redacted"] !== true).map((line) => line["event_id"] as string);
  const tombstones = lines.filter((line) => line["redacted"] === true).map((line) => line["event_id"] as string);
  expect(new Set(full)).toEqual(expected.included);
  expect(new Set(tombstones)).toEqual(expected.redacted);
  for (const id of [...full, ...tombstones]) {
    expect(expected.negative.has(id)).toBe(false);
    expect(expected.foreign.has(id)).toBe(false);
  }
});

test("the ledger balances, room by room, against an independent count", () => {
  const rows = opened.tables.get("data/scope-ledger.csv") ?? [];
  for (const row of rows) {
    const excluded = ["BACKFILLED", "REJECTED", "SOFT_FAILED", "OUT_OF_RANGE"].reduce((sum, code) => sum + Number(row[code]), 0);
    expect(Number(row["included"]) + excluded, JSON.stringify(row)).toBe(Number(row["candidates"]));
  }
  const messages = rows.filter((row) => row["kind"] === "messages");
  expect(byRoom(messages)).toEqual(Object.fromEntries(expected.messages));
});

test("her files are in it, byte for byte", () => {
  const listed = opened.manifest.files.filter((file) => file.mediaId !== undefined);
  expect(new Set(listed.map((file) => file.mediaId))).toEqual(expected.media);
  expect(opened.manifest.media.missing).toBe(0);
});

test("no marker of anyone else is in it, and every marker of hers is", () => {
  const { world } = stack();
  const everything = Buffer.concat([...opened.files.values()].map((file) => file.content)).toString("latin1");
  const leaked = forbiddenTo("rosa", world.canaries).filter((canary) => everything.includes(canary.marker));
  expect(leaked).toEqual([]);
  const owed = owedTo("rosa", world.canaries);
  expect(owed.length).toBeGreaterThan(20);
  expect(owed.filter((canary) => !everything.includes(canary.marker))).toEqual([]);
});

test("her devices were told that it was asked for, ready and fetched", async () => {
  const { people } = stack();
  await expect
    .poll(async () => {
      const bodies = (await noticesOf(people.rosa)).filter((body) => body.includes(spoken())).join("\n");
      return [/We have your request/, /is ready/, /downloaded/].every((word) => word.test(bodies));
    }, { timeout: 30_000 })
    .toBe(true);
});

test("neither the logs nor the addresses hold anything personal", async () => {
  const { webLog, workerLog, requestsFile, world, people } = stack();
  const logs = `${await readFile(webLog, "utf8")}${await readFile(workerLog, "utf8")}`;
  const urls = (await readFile(requestsFile, "utf8")).split("\n").filter(Boolean).map((line) => (JSON.parse(line) as { url: string }).url).join("\n");
  const personal = [...Object.values(people).flatMap((person) => [person.mxid, person.mail ?? person.mxid]), ...world.canaries.map((canary) => canary.marker)];
  expect(personal.filter((word) => logs.includes(word))).toEqual([]);
  expect(personal.filter((word) => urls.includes(word) || urls.includes(encodeURIComponent(word)))).toEqual([]);
});

function byRoom(rows: readonly Record<string, string>[]): Record<string, Line> {
  return Object.fromEntries(rows.map((row) => [row["room"], { candidates: Number(row["candidates"]), included: Number(row["included"]), tombstones: Number(row["tombstones"]) }]));
}

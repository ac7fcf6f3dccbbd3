import { readFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { recoveryCode } from "#lib/requests/recovery.ts";
import { waitFor } from "#tests/world/wait.ts";
import { enter } from "./enter.ts";
import { stack } from "./facts.ts";
import { uproot } from "./look/plant.ts";
import { watchServer } from "./seen.ts";
import { codeIn, mailAbout, mailsTo } from "./whole-way/second-channel.ts";

/** Ben asks for the deletion of his account, two operators agree, scanners read his mail, and he stops it without signing in. */
test.describe.configure({ mode: "serial", timeout: 120_000 });

let page: Page;
let db: PrismaClient;
let reference = "";
const spoken = () => `${reference.slice(0, 4)}-${reference.slice(4)}`;
const row = async () => await db.request.findUniqueOrThrow({ where: { reference } });
const press = (name: string) => page.getByRole("button", { name, exact: true }).click();

test.beforeAll(async ({ browser }) => {
  db = createDb(stack().databaseUrl);
  page = await browser.newPage({ baseURL: stack().portalUrl });
});
test.afterAll(async () => {
  await uproot(db, [reference]);
  await db.$disconnect();
  await page.close();
});

test("the numbers come first, and reading them changes nothing", async () => {
  const { people, world } = stack();
  await enter(page, people.ben);
  await page.getByRole("link", { name: "See what would be deleted" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Delete my account", { timeout: 60_000 });
  await expect(page).toHaveURL(/\/requests\/new\/erasure\?plan=[0-9a-f-]{36}$/);
  for (const title of ["Get a copy first", "Your account in numbers", "Rooms only you can manage", "What goes", "What stays, and why", "Who else has copies", "What cannot be undone"]) await expect(page.getByText(title, { exact: true })).toBeVisible();
  await expect(page.getByText(`Counted on`)).toContainText(people.ben.mxid);
  await page.locator("summary", { hasText: /^All \d+ rooms by name$/ }).click();
  await expect(page.getByRole("rowheader", { name: world.rooms.garden.name, exact: true })).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download the numbers (JSON)" }).click()]);
  const file = JSON.parse(await readFile(await download.path(), "utf8")) as { sha256: string; plan: { mxid: string } };
  expect(file.plan.mxid).toBe(people.ben.mxid);
  await expect(page.getByText(file.sha256)).toBeVisible();
  expect(await db.request.count({ where: { person: { mxid: people.ben.mxid }, kind: "erasure" } })).toBe(0);
});

test("an old sign-in is renewed on the way, with every answer kept", async () => {
  const { people } = stack();
  await page.getByRole("radio", { name: "Remove them for everybody" }).check();
  await db.session.updateMany({ where: { person: { mxid: people.ben.mxid } }, data: { authenticatedAt: new Date(Date.now() - 11 * 60_000) } });
  await press("Check my answers");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your answers");
  await expect(page.getByRole("button", { name: "Ask for the deletion" })).toHaveCount(0);
  await page.getByRole("link", { name: "Sign in again" }).click();
  await page.getByLabel("Password", { exact: true }).fill(people.ben.password);
  await press("Sign in");
  await page.waitForURL(/\/requests\/new\/erasure\/check\?/);
  await expect(page.getByText("Remove them for everybody whose server honours it")).toBeVisible();
});

test("only the own Matrix ID, typed whole, asks for it; then comes the code", async () => {
  const { people } = stack();
  await page.getByLabel("Type your Matrix ID to confirm").fill("@rosa:garden.example");
  await press("Ask for the deletion");
  await expect(page.getByRole("alert").filter({ hasText: "There is a problem" })).toContainText("Type your Matrix ID exactly");
  await page.getByLabel("Type your Matrix ID to confirm").fill(people.ben.mxid);
  await press("Ask for the deletion");
  await page.waitForURL(/\/requests\/[0-9A-Z]{8}\/confirm$/);
  reference = /requests\/([0-9A-Z]{8})\//.exec(page.url())?.[1] ?? "";
  const mail = await mailAbout("ben@garden.example", `Confirm your request (${spoken()})`);
  expect(mail.text).toContain("the deletion of your account");
  await page.getByLabel("Code", { exact: true }).fill(codeIn(mail.text ?? ""));
  await press("Confirm");
  await page.waitForURL(new RegExp(`/requests/${reference}$`));
  await expect(page.getByText("Nothing has been deleted.")).toBeVisible();
  expect((await row()).scope).toEqual({ redact: true, suspend: true, leaveNow: false });
});

test("two operators must agree; the first cannot be the second", async ({ browser }) => {
  const { people, keeper, portalUrl } = stack();
  const frida = await browser.newPage({ baseURL: portalUrl });
  await enter(frida, people.frida, `/desk/${reference}`);
  await expect(frida.getByText("Rooms with other people in them would be left without anybody who can manage them.")).toBeVisible();
  await frida.getByRole("button", { name: "Agree as the first of two" }).click();
  await expect(frida.getByText("You have agreed; somebody else must", { exact: true })).toBeVisible();
  await expect(frida.getByRole("button", { name: "Agree to the erasure" })).toHaveCount(0);
  expect((await row()).state).toBe("review");
  await frida.close();

  const second = await browser.newPage({ baseURL: portalUrl });
  await enter(second, keeper, `/desk/${reference}`);
  await second.getByRole("button", { name: "Agree to the erasure" }).click();
  await expect(second.getByText("Agreed", { exact: true })).toBeVisible();
  await second.close();
  expect((await row()).state).toBe("grace");
});

test("the person sees the date twice, a calendar file without a name in it, and the sheet for the drawer", async () => {
  const { people } = stack();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/^Your account will be deleted on \d+ \w+ \d{4}$/);
  await expect(page.getByText(/\d{4} at \d\d:\d\d .*\(in (29|30) days\)/)).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Add to my calendar (.ics)" }).click()]);
  const calendar = await readFile(await download.path(), "utf8");
  expect(calendar).toContain("STATUS:CONFIRMED\r\n");
  expect(calendar).toContain(`DTSTART:${(await row()).notBefore?.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z\r\n`);
  const { id } = await row();
  for (const secret of [people.ben.mxid, "ben", reference, recoveryCode(stack().portalSecret, id)]) expect(calendar.replace(/\r\n /g, "")).not.toContain(secret);
  await page.getByRole("link", { name: "Print the recovery sheet" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Recovery sheet");
  await expect(page.getByText(spoken())).toBeVisible();
  await expect(page.getByText(`${stack().portalUrl}/stop`)).toBeVisible();
  await page.getByRole("link", { name: "Back to your request" }).click();
  await waitFor("the suspension", async () => (await account(people.ben.mxid)).suspended);
});

test("scanners that open, ask for heads, and press every button change nothing (L01)", async ({ browser, request }) => {
  const { portalUrl } = stack();
  const before = await row();
  for (const path of [`/stop/${reference}`, `/certificate/${reference}`, `/requests/${reference}/withdraw`, "/certificate/file"]) {
    for (let times = 0; times < 20; times += 1) await request.get(portalUrl + path);
    await request.head(portalUrl + path);
    await request.post(portalUrl + path, { form: { reference, code: "" } });
    await request.post(portalUrl + path, { form: { reference, code: "00000000" }, headers: { origin: portalUrl } });
  }
  const robot = await browser.newPage({ baseURL: portalUrl });
  for (const path of [`/stop/${reference}`, `/certificate/${reference}`]) {
    await robot.goto(path);
    for (const button of await robot.locator("main form button[type=submit]").all()) await button.click();
    await expect(robot.getByRole("alert").filter({ hasText: "Type the code: 8 letters and digits" })).toBeVisible();
  }
  await robot.close();
  expect({ ...(await row()), wrongCodes: 0, wrongCodesSince: null }).toEqual({ ...before, wrongCodes: 0, wrongCodesSince: null });
  expect((await row()).state).toBe("grace");
});

test("an unknown reference and a wrong code are told alike", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: stack().portalUrl, javaScriptEnabled: false });
  const stranger = await context.newPage();
  const answers: string[] = [];
  for (const [typed, code] of [[spoken(), "0000-0000"], ["0000-0000", recoveryCode(stack().portalSecret, (await row()).id)]] as const) {
    for (const path of ["/stop", "/certificate"]) {
      await stranger.goto(path);
      await stranger.getByLabel("Reference").fill(typed);
      await stranger.getByLabel("Recovery code").fill(code);
      await stranger.locator("main form button[type=submit]").click();
      answers.push((await stranger.locator("main").innerText()).replace(typed, ""));
    }
  }
  expect(answers[2]).toBe(answers[0]);
  expect(answers[3]).toBe(answers[1]);
  expect(answers[0]).toContain("do not belong together");
  await context.close();
});

test("before its time there is no certificate, not even with the code", async ({ browser }) => {
  const stranger = await browser.newPage({ baseURL: stack().portalUrl });
  await stranger.goto(`/certificate/${reference}`);
  await stranger.getByLabel("Recovery code").fill(recoveryCode(stack().portalSecret, (await row()).id));
  await stranger.getByRole("button", { name: "Fetch the certificate" }).click();
  await expect(stranger.getByRole("alert").filter({ hasText: "There is no certificate yet." })).toBeVisible();
  await stranger.close();
});

test("the mailed page stops it with the code, without a sign-in and without script; nothing of the code stands in an address", async ({ browser }) => {
  const date = /deleted on (.+)$/.exec((await page.getByRole("heading", { level: 1 }).innerText()).trim())?.[1] ?? "";
  const letter = await waitFor("the letter with the date", async () => (await lettersAbout("ben@garden.example")).find((subject) => subject.startsWith(`Your account will be deleted on ${date}`)));
  const mail = await mailAbout("ben@garden.example", letter ?? "");
  expect(mail.text).toContain(`/stop/${reference}`);
  const code = codeIn(mail.text ?? "");
  const seen = watchServer();
  const context = await browser.newContext({ baseURL: stack().portalUrl, javaScriptEnabled: false });
  const stranger = await context.newPage();
  await stranger.goto(`/stop/${reference}`);
  await stranger.getByLabel("Recovery code").fill(code.toLowerCase());
  await stranger.getByRole("button", { name: "Stop the deletion" }).click();
  await expect(stranger.getByText("The deletion is stopped", { exact: true })).toBeVisible();
  await context.close();
  for (const { url, headers } of seen().requests) expect(url + JSON.stringify(headers)).not.toContain(code.toLowerCase());
  expect(await row()).toMatchObject({ state: "withdrawn", openKey: null });
  await waitFor("the thaw", async () => !(await account(stack().people.ben.mxid)).suspended);
  expect(await account(stack().people.ben.mxid)).toMatchObject({ deactivated: false, erased: false, locked: false });

  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The deletion was stopped");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Take it out of my calendar (.ics)" }).click()]);
  const calendar = await readFile(await download.path(), "utf8");
  expect(calendar).toContain("STATUS:CANCELLED\r\n");
  expect(calendar).toContain("SEQUENCE:2\r\n");
});

async function lettersAbout(address: string): Promise<string[]> {
  return (await mailsTo(address)).map(({ subject }) => subject ?? "");
}

/** As the homeserver has it. */
async function account(mxid: string): Promise<{ suspended: boolean; deactivated: boolean }> {
  const { homeserverUrl, keeper } = stack();
  const answer = await fetch(`${homeserverUrl}/_synapse/admin/v2/users/${encodeURIComponent(mxid)}`, { headers: { authorization: `Bearer ${keeper.accessToken}` } });
  return (await answer.json()) as { suspended: boolean; deactivated: boolean };
}

import { expect, test, type Page } from "@playwright/test";
import pg from "pg";
import { createDb } from "#lib/db/client.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { enter } from "./enter.ts";
import { stack } from "./facts.ts";
import { uproot } from "./look/plant.ts";
import { mailAbout } from "./whole-way/second-channel.ts";

/** Requests of people who did not sign in: Lena, whose account is locked, and Ben, who wrote a letter. */
test.describe.configure({ mode: "serial", timeout: 240_000 });

let desk: Page;
/** Signed in to nothing. */
let page: Page;
let db: PrismaClient;
const planted: string[] = [];

test.beforeAll(async ({ browser }) => {
  const { databaseUrl, portalUrl, people } = stack();
  db = createDb(databaseUrl);
  desk = await browser.newPage({ baseURL: portalUrl });
  page = await (await browser.newContext({ baseURL: portalUrl })).newPage();
  await setAddress(address);
  await enter(desk, people.frida, "/desk");
});
test.afterAll(async () => {
  await setAddress(null);
  await uproot(db, planted);
  await db.publicAsk.deleteMany();
  await db.$disconnect();
  await desk.close();
  await page.close();
});

const codeIn = (text: string) => /^ {4}(\S{4}-\S{4})$/m.exec(text)?.[1] ?? "";
const lena = () => stack().people.lena;
const address = "lena.marsh@mail.example";

/** A verified address of Lena's at the homeserver, from before she was locked out; null takes it away again. */
async function setAddress(mail: string | null): Promise<void> {
  const synapse = new pg.Client({ connectionString: stack().synapseDatabaseUrl });
  await synapse.connect();
  await synapse.query("DELETE FROM user_threepids WHERE user_id = $1", [lena().mxid]);
  if (mail) await synapse.query("INSERT INTO user_threepids (user_id, medium, address, validated_at, added_at) VALUES ($1, 'email', $2, 1, 1)", [lena().mxid, mail]);
  await synapse.end();
}

/** Fills in the public form; what the page says then. */
async function ask(mxid: string): Promise<string> {
  await page.goto("/");
  await page.getByRole("link", { name: "Ask without signing in" }).click();
  await page.getByLabel("Matrix ID of the account").fill(mxid);
  await page.getByRole("radio", { name: "A copy of the data" }).check();
  await page.getByLabel("Anything the privacy team should know").fill("I am locked out since May.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByText("We have your form")).toBeVisible();
  return await page.getByRole("main").innerText();
}

test("the form says the same for a locked account, a deactivated one, one that can sign in and none", async () => {
  const { people, serverName } = stack();
  const answers = [];
  for (const mxid of [lena().mxid, people.gus.mxid, people.ben.mxid, `@nobody-at-all:${serverName}`]) answers.push(await ask(mxid));
  expect(new Set(answers).size).toBe(1);
  await expect.poll(async () => await db.publicAsk.count({ where: { state: "looked" } }), { timeout: 60_000 }).toBe(4);
  const known = await db.publicAsk.findMany({ where: { hash: { not: null } } });
  expect(known.map(({ mxid }) => mxid)).toEqual([lena().mxid]);
});

test("the code from the mail makes it a request, which the desk sees with how it came", async () => {
  const mail = await mailAbout(address, `Code for your request to ${stack().serverName}`);
  const link = /https?:\/\/\S+\/ask-without-account\/\S+/.exec(mail.text ?? "")?.[0] ?? "";
  await page.goto(new URL(link).pathname);
  await page.getByLabel("Code").fill("0000-0000");
  await page.getByRole("button", { name: "Confirm the request" }).click();
  const wrong = page.getByRole("alert").filter({ hasText: "This code is not right, or it is over" });
  await expect(wrong).toBeVisible();
  await page.goto("/ask-without-account/3f2f4d2e-6a3b-4a52-9b0f-111111111111");
  await page.getByLabel("Code").fill(codeIn(mail.text ?? ""));
  await page.getByRole("button", { name: "Confirm the request" }).click();
  await expect(wrong).toBeVisible();
  await page.goto(new URL(link).pathname);
  await page.getByLabel("Code").fill(codeIn(mail.text ?? ""));
  await page.getByRole("button", { name: "Confirm the request" }).click();
  await expect(page.getByText("Your request is confirmed")).toBeVisible();
  const { reference } = await db.request.findFirstOrThrow({ where: { person: { mxid: lena().mxid } } });
  planted.push(reference);
  await desk.goto(`/desk/${reference}`);
  const came = desk.locator("section:has(> h2:text-is('How it came'))");
  await expect(came).toContainText("The public form");
  await expect(came).toContainText("I am locked out since May.");
});

test("notes and files are kept with the case; a file is saved, never shown", async () => {
  const [reference = ""] = planted;
  await desk.getByLabel("New note").fill("Her sister rang too.");
  await desk.getByRole("button", { name: "Add the note" }).click();
  await expect(desk.getByText("Her sister rang too.").first()).toBeVisible();
  await desk.getByLabel("File", { exact: true }).setInputFiles({ name: "letter.html", mimeType: "text/html", buffer: Buffer.from("<script>alert(1)</script>") });
  await desk.getByRole("button", { name: "Add the file" }).click();
  await expect(desk).toHaveURL(new RegExp(`/desk/${reference}#files$`));
  const [download] = await Promise.all([desk.waitForEvent("download"), desk.getByRole("button", { name: "Save letter.html" }).click()]);
  expect(download.suggestedFilename()).toBe("letter.html");
  await desk.getByLabel("File", { exact: true }).setInputFiles({ name: "big.bin", mimeType: "text/plain", buffer: Buffer.alloc(5_000_001) });
  await desk.getByRole("button", { name: "Add the file" }).click();
  await expect(desk.getByText("This file is larger than 5 megabytes.")).toBeVisible();
});

test("the copy is fetched with a code by mail, without a sign-in", async () => {
  const [reference = ""] = planted;
  await desk.goto(`/desk/${reference}`);
  await desk.getByRole("button", { name: "Approve and build" }).click();
  await expect.poll(async () => (await db.request.findUniqueOrThrow({ where: { reference } })).state, { timeout: 120_000 }).toBe("ready");
  await page.goto(`/collect/${reference}`);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByText("a code is on its way")).toBeVisible();
  const spoken = `${reference.slice(0, 4)}-${reference.slice(4)}`;
  const mail = await mailAbout(address, `Code to fetch your data (request ${spoken})`);
  await page.getByLabel("Code", { exact: true }).fill("0000-0000");
  await page.getByRole("button", { name: "Download" }).click();
  await expect(page.getByText("This code is not right, or it is over, or there is nothing to fetch")).toBeVisible();
  await page.getByLabel("Code", { exact: true }).fill(codeIn(mail.text ?? ""));
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
  expect(download.suggestedFilename()).toBe(`matrix-export-${reference}.zip`);
  expect(await db.package.findFirst({ where: { request: { reference } } })).toMatchObject({ downloads: 1 });
});

test("a request that came by letter is entered with its day and its evidence, and the person is told", async () => {
  const { people } = stack();
  await desk.goto("/desk");
  await desk.getByRole("link", { name: "Enter a request" }).click();
  await desk.getByRole("button", { name: "Enter the request" }).click();
  await expect(desk.getByRole("alert").filter({ hasText: "Choose how the request came." })).toBeVisible();
  await desk.getByLabel("Matrix ID of the person").fill(people.ben.mxid);
  await desk.getByRole("radio", { name: "A copy of their data" }).check();
  await desk.getByRole("radio", { name: "Letter" }).check();
  await desk.getByLabel("The day it came").fill(new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10));
  await desk.getByLabel("How do you know that the person asked?").fill("A letter with his signature, which we compared.");
  await desk.getByRole("button", { name: "Enter the request" }).click();
  await expect(desk.locator("section:has(> h2:text-is('How it came'))")).toContainText("A letter with his signature");
  const { reference } = await db.request.findFirstOrThrow({ where: { person: { mxid: people.ben.mxid }, via: "letter" } });
  planted.push(reference);
  const mail = await mailAbout(people.ben.mail ?? "", `A request was entered for you (${reference.slice(0, 4)}-${reference.slice(4)})`);
  expect(mail.text ?? "").toContain(`/not-me/${reference}#`);
});

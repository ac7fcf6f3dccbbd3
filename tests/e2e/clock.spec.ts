import { expect, test, type Page } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { enter } from "./enter.ts";
import { stack } from "./facts.ts";
import { plant, uproot } from "./look/plant.ts";
import { scenes } from "./look/scenes.ts";
import { mailAbout } from "./whole-way/second-channel.ts";

/** The legal clock, seen from both sides: Frida at her desk, Ben at his request. */
test.describe.configure({ mode: "serial", timeout: 90_000 });

let desk: Page;
let ben: Page;
let db: PrismaClient;
let [reference, longer] = ["", ""];
const week = 7 * 86_400_000;
const spoken = (text: string) => `${text.slice(0, 4)}-${text.slice(4)}`;

test.beforeAll(async ({ browser }) => {
  const { databaseUrl, portalUrl, people } = stack();
  db = createDb(databaseUrl);
  desk = await browser.newPage({ baseURL: portalUrl });
  ben = await browser.newPage({ baseURL: portalUrl });
  await enter(desk, people.frida, "/desk");
  await enter(ben, people.ben);
  const { id } = await db.person.findUniqueOrThrow({ where: { mxid: people.ben.mxid } });
  await db.person.update({ where: { id }, data: { hasMail: true } });
  const now = new Date();
  reference = await plant(db, id, scenes(now).review, { now, daysAgo: 8 });
  longer = await plant(db, id, scenes(now).review, { now, daysAgo: 9, open: false });
});
test.afterAll(async () => {
  await uproot(db, [reference, longer]);
  await db.$disconnect();
  await desk.close();
  await ben.close();
});

const why = async (page: Page, on: "desk" | "request") => {
  if (on === "desk") return await page.locator("#clock, section:has(> h2:text-is('Legal clock'))").locator("p").filter({ hasText: "Received on" }).innerText();
  await page.locator("summary", { hasText: /How this date comes about|Why there is no date now/ }).click();
  return await page.locator("details p").filter({ hasText: "Received on" }).innerText();
};

test("a doubt about who asks needs its reason, is read as the person will, and stops the clock", async () => {
  await desk.goto(`/desk/${reference}`);
  await desk.getByRole("link", { name: "Ask the person" }).click();
  await desk.getByRole("radio", { name: /Who they are/ }).check();
  await desk.getByLabel("Your question to the person").fill("Which room did you create first?\nOne is enough.");
  await desk.getByRole("button", { name: "Preview the letter" }).click();
  await expect(desk.getByRole("alert").filter({ hasText: "Write at least 20 characters on why you doubt who asks" })).toBeVisible();
  await desk.getByLabel("Why you doubt who asks").fill("Two different people wrote to us about this account within a day.");
  await desk.getByRole("button", { name: "Preview the letter" }).click();
  const main = desk.getByRole("main");
  for (const part of ["Two different people wrote", "Which room did you create first?", "The legal clock stands still until you answer"]) await expect(main).toContainText(part);
  expect(await db.enquiry.count({ where: { request: { reference } } })).toBe(0);
  await desk.getByRole("button", { name: "Send the question" }).click();
  await expect(desk).toHaveURL(new RegExp(`/desk/${reference}$`));
  await expect(main).toContainText("Waiting for an answer since");
  await expect(main).toContainText("The clock has stood still since");
  await expect(desk.getByRole("button", { name: "Approve and build" })).toHaveCount(0);
  await desk.goto("/desk");
  await expect(desk.getByRole("row").filter({ hasText: spoken(reference) })).toContainText("The clock stands still");
  await expect(desk.getByRole("row").filter({ hasText: spoken(reference) })).toContainText("Person was asked");
});

test("the letter reaches them", async () => {
  const mail = await mailAbout(stack().people.ben.mail ?? "", `A question about your request ${spoken(reference)}`);
  expect(mail.text).toContain("Two different people wrote");
  expect(mail.text).toContain(`/requests/${reference}`);
});

test("the person sees what is asked and what waiting means; both pages give the same reason for there being no date", async () => {
  // A week passes.
  const at = new Date(Date.now() - week);
  await db.request.update({ where: { reference }, data: { askedAt: at, pausedAt: at } });
  await db.enquiry.updateMany({ where: { request: { reference } }, data: { askedAt: at } });
  await ben.goto("/privacy");
  const row = ben.getByRole("listitem").filter({ hasText: spoken(reference) });
  await expect(row).toContainText("The clock has stood still since");
  await expect(row).toContainText("Needs your answer");
  await expect(row).toContainText("Your move: answer the question");
  await ben.goto(`/requests/${reference}`);
  await expect(ben.getByRole("heading", { level: 1 })).toHaveText("The privacy team has a question for you");
  await expect(ben.getByRole("main")).toContainText("Two different people wrote");
  await expect(ben.getByRole("main")).not.toContainText("Answer due");
  await desk.goto(`/desk/${reference}`);
  expect(await why(ben, "request")).toBe(await why(desk, "desk"));
});

test("they answer without script; the date moves by the days that were left out, with the same sentence on both pages", async ({ browser }) => {
  const before = await db.request.findUniqueOrThrow({ where: { reference } });
  const context = await browser.newContext({ baseURL: stack().portalUrl, storageState: await ben.context().storageState(), javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(`/requests/${reference}`);
  await plain.getByRole("button", { name: "Send your answer" }).click();
  await expect(plain.getByText("Write your answer").first()).toBeVisible();
  await plain.getByRole("textbox", { name: "Your answer" }).fill("The compost room, in 2019.");
  await plain.getByRole("button", { name: "Send your answer" }).click();
  await expect(plain.getByRole("main")).toContainText("Answer due");
  await context.close();
  const after = await db.request.findUniqueOrThrow({ where: { reference } });
  expect(after.pausedAt).toBeNull();
  const moved = (after.dueOn.getTime() - before.dueOn.getTime()) / 86_400_000;
  // Seven days, give or take what the weekend rounds.
  expect(moved).toBeGreaterThanOrEqual(4);
  expect(moved).toBeLessThanOrEqual(11);
  await ben.goto(`/requests/${reference}`);
  await desk.goto(`/desk/${reference}`);
  const sentence = await why(ben, "request");
  expect(sentence).toContain("The clock stood still for 7 days, which are added");
  expect(await why(desk, "desk")).toBe(sentence);
  await expect(desk.getByRole("main")).toContainText("The compost room, in 2019.");
  await expect(desk.getByRole("button", { name: "Approve and build" })).toBeVisible();
});

test("more time: reason, words, the letter with the new date; then once is enough", async () => {
  await desk.goto(`/desk/${longer}`);
  await desk.getByRole("link", { name: "Take more time" }).click();
  await desk.getByRole("button", { name: "Preview the letter" }).click();
  await expect(desk.getByRole("alert").filter({ hasText: "There is a problem" }).getByRole("link")).toHaveCount(2);
  await desk.getByRole("radio", { name: /Your request is complex/ }).check();
  await desk.getByLabel("Your words to the person").fill("Your account has twelve years of rooms, and we check each of them.");
  await desk.getByRole("button", { name: "Preview the letter" }).click();
  await expect(desk.getByRole("main")).toContainText("The law allows them two months more");
  await desk.getByRole("button", { name: "Take more time and send" }).click();
  await expect(desk.getByRole("main")).toContainText("three calendar months");
  await expect(desk.getByRole("link", { name: "Take more time" })).toHaveCount(0);
  const mail = await mailAbout(stack().people.ben.mail ?? "", `Your answer takes longer (request ${spoken(longer)})`);
  expect(mail.text).toContain("twelve years of rooms");
  await ben.goto(`/requests/${longer}`);
  await expect(ben.getByRole("main")).toContainText("Why it takes longer");
  expect(await why(ben, "request")).toBe(await why(desk, "desk"));
  await desk.goto(`/desk/${longer}/extend`);
  await expect(desk.getByText("The two months more were taken already")).toBeVisible();
});

test("too late says why instead of a dead button", async () => {
  await db.request.update({ where: { reference }, data: { dueAt: new Date(Date.now() - 1000) } });
  await desk.goto(`/desk/${reference}`);
  await expect(desk.getByText("The first month is over.")).toBeVisible();
  await desk.goto(`/desk/${reference}/extend`);
  await expect(desk.getByText("More time cannot be taken")).toBeVisible();
});

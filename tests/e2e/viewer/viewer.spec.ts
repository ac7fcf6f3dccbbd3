import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { cp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { encryptRoom } from "#tests/fixtures/megolm.ts";
import { writeViewerPackage } from "#tests/fixtures/viewer-package.ts";
import { gardenFiles, gardenLines, gardenRooms } from "#tests/fixtures/viewer-world.ts";
import { address, temporaryFolder, watch } from "./open-package.ts";

/** The package's own page, opened from a disk by a real browser. Needs nothing of the portal. */
let top = "";
let keyFile = "";
let remove = async () => {};
test.beforeAll(async () => {
  const made = await temporaryFolder();
  remove = made.remove;
  const secret = await encryptRoom("!secret:test.example", ["First secret", "The code of the shed is 4711", "Third"].map((body) => ({ msgtype: "m.text", body })));
  const lines = gardenLines(secret.encrypted);
  top = await writeViewerPackage(made.folder, { lines: () => lines, count: lines.length, rooms: gardenRooms, files: gardenFiles() });
  keyFile = path.join(made.folder, "element-keys.txt");
  await writeFile(keyFile, secret.keyFile("correct horse"));
});
test.afterAll(() => remove());

const feed = (page: Page) => page.getByRole("feed");
const rowOf = (page: Page, words: string | RegExp) => feed(page).getByRole("article").filter({ hasText: words });

test("opens from a disk without a single request, and leads from the cover into a room and back", async ({ page }) => {
  const watched = await watch(page);
  await page.goto(address(top));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A copy of the personal data of @anna:test.example");
  await page.getByRole("link", { name: "Read your messages" }).click();
  await page.getByRole("link", { name: /Community garden/ }).click();
  await expect(page.getByRole("heading", { name: "Community garden" })).toBeFocused();
  await expect(rowOf(page, "Good morning!")).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "What this is" })).toBeVisible();
  expect(watched.requests).toEqual([]);
  expect(watched.violations).toEqual([]);
  expect(watched.files.filter((url) => !url.includes("/matrix-data-7F3K-29QD/"))).toEqual([]);
});

test("tells edits, reactions, replies, deletions and changes in words", async ({ page }) => {
  await page.goto(address(top, "#room-0"));
  const edited = rowOf(page, "three sorts");
  await expect(edited).toContainText("edited");
  await expect(rowOf(page, "two sorts").getByText("two sorts")).toBeHidden();
  await edited.getByText("The earlier text").click();
  await expect(edited.getByText("two sorts")).toBeVisible();
  await expect(rowOf(page, "You reacted 👍 to a message not in this copy")).toBeVisible();
  await expect(rowOf(page, "In reply to a message of someone else")).toContainText("I do, until Sunday.");
  await expect(rowOf(page, "In reply to a message of someone else")).not.toContainText("who has the key");
  await rowOf(page, "You reacted 🌻").getByRole("button", { name: "Go to it" }).click();
  await expect(page.locator("article:focus")).toContainText("Good morning!");
  await page.getByRole("button", { name: "Newest" }).click();
  await expect(rowOf(page, "You left the room because your account was deactivated")).toBeVisible();
  await expect(rowOf(page, "cannot be read as a message")).toBeVisible();
  await expect(rowOf(page, "You banned @spam:elsewhere.example")).toContainText("advertising");
  await expect(rowOf(page, "Somebody else, for example a moderator, deleted this on 6 March 2025")).toBeAttached();
});

test("shows pictures and sounds, and only names what could be a document", async ({ page }) => {
  const watched = await watch(page);
  await page.goto(address(top, "#room-0"));
  await page.getByText("Show only").click();
  await page.getByLabel("With a picture or file").check();
  await expect(page.getByRole("status").first()).toHaveText("5 of 29 shown");
  const picture = page.getByRole("img", { name: "beds-in-march.png" });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(480);
  await expect(rowOf(page, "plan.svg").getByRole("img")).toHaveCount(0);
  await expect(rowOf(page, "plan.svg").getByRole("link")).toHaveAttribute("href", "data/media/000002.bin");
  await expect(rowOf(page, "minutes.pdf")).toContainText("The file is not in this copy");
  expect(watched.files.filter((url) => url.endsWith(".bin"))).toEqual([]);
  await page.getByRole("button", { name: "Show everything" }).click();
  await page.getByText("Show only").click();
  await page.getByLabel("Kind").selectOption({ label: "Deleted" });
  await expect(page.getByRole("status").first()).toHaveText("3 of 29 shown");
  await page.getByLabel("From").fill("2025-03-06");
  await expect(page.getByRole("status").first()).toHaveText("1 of 29 shown");
});

test("searches every room by keyboard alone, also in earlier versions, and leads to what it found", async ({ page }) => {
  await page.goto(address(top, "#messages"));
  await page.keyboard.press("/");
  await page.keyboard.type("TOMATO");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").first()).toHaveText("3 found in 34 records");
  await expect(page.locator("mark").first()).toHaveText("tomato");
  await rowOf(page, "waters the tomatoes").getByRole("button", { name: "in Community garden" }).click();
  await expect(page.locator("article:focus")).toContainText("waters the tomatoes");
  await page.keyboard.press("ArrowUp");
  await expect(page.locator("article:focus")).toContainText("You voted in a poll");
  await page.keyboard.press("End");
  await expect(page.locator("article:focus")).toContainText("You left the room");
  await page.getByRole("link", { name: /Bert and Anna/ }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("link", { name: /Community garden/ })).toBeFocused();
});

test("opens encrypted messages with the reader's own key file, and closes them again", async ({ page }) => {
  const watched = await watch(page);
  await page.goto(address(top, "#room-2"));
  await expect(rowOf(page, "Neither the server nor this copy can read it")).toHaveCount(3);
  await page.getByRole("button", { name: "Encrypted messages" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("They are not saved and not sent");
  await dialog.getByLabel("Key file", { exact: true }).setInputFiles(keyFile);
  await dialog.getByLabel("Passphrase").fill("wrong horse");
  await dialog.getByRole("button", { name: "Open the messages" }).click();
  await expect(dialog.getByRole("status")).toHaveText(/The passphrase does not fit/);
  await dialog.getByLabel("Passphrase").fill("correct horse");
  await dialog.getByRole("button", { name: "Open the messages" }).click();
  await expect(dialog.getByRole("status")).toHaveText(/The key file holds 1 key\./);
  await expect(dialog.getByLabel("Passphrase")).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(rowOf(page, "The code of the shed is 4711")).toContainText("decrypted here");
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([0, 0, ""]);
  await page.getByRole("button", { name: "Encrypted messages" }).click();
  await dialog.getByRole("button", { name: "Forget the keys" }).click();
  await page.keyboard.press("Escape");
  await expect(rowOf(page, "4711")).toHaveCount(0);
  expect([...watched.requests, ...watched.violations]).toEqual([]);
});

test("prints the whole room that is shown, or the cover", async ({ page }) => {
  await page.goto(address(top, "#room-0"));
  await expect(page.getByRole("status").first()).toHaveText("29 records");
  const printed = await page.evaluate(async () => {
    let paper = "";
    globalThis.print = () => {
      paper = [...document.querySelectorAll(".sheet article")].map((row) => row.textContent).join("\n");
    };
    [...document.querySelectorAll("button")].find((button) => button.textContent === "Print")?.click();
    for (let tries = 0; tries < 200 && paper === ""; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
    return paper;
  });
  expect(printed).toContain("You created the room");
  expect(printed).toContain("your account was deactivated");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("search")).toBeHidden();
  await page.goto(address(top));
  await expect(page.getByRole("heading", { name: "What is in it" })).toBeVisible();
});

test("can be read without script, and says what to do when it was not unpacked", async ({ browser, page }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(address(top));
  await expect(plain.getByRole("heading", { name: "What is not in it, and why" })).toBeVisible();
  await expect(plain.getByText("With scripts switched on")).toBeVisible();
  await context.close();

  const alone = path.join(path.dirname(top), "alone");
  await cp(path.join(top, "index.html"), path.join(alone, "index.html"));
  await page.goto(address(alone));
  await expect(page.getByText("Unpack the whole ZIP file first")).toBeVisible();
  await expect(page.getByRole("heading", { name: "What is in it" })).toBeVisible();
  await rm(alone, { recursive: true });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 320]) {
    test(`has nothing axe or a narrow screen complains about: ${colorScheme}, ${width} px`, async ({ browser }) => {
      test.setTimeout(240_000);
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
      const page = await context.newPage();
      for (const hash of ["", "#messages", "#room-0", "#room-2"]) {
        await page.goto(address(top, hash));
        await expect(page.getByRole("navigation", { name: "Parts of this page" })).toBeVisible();
        if (hash.startsWith("#room")) await expect(rowOf(page, /./).first()).toBeVisible();
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect.soft(wide, hash).toBeLessThanOrEqual(0);
        const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
        expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`), hash).toEqual([]);
      }
      await context.close();
    });
  }
}

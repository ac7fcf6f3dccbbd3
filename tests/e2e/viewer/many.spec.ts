import { expect, test } from "@playwright/test";
import { eventLine, start, writeViewerPackage } from "#tests/fixtures/viewer-package.ts";
import { address, temporaryFolder, watch } from "./open-package.ts";

const count = 100_000;

function* lines(): Generator<string> {
  const words = "the gate sticks again, lift it a little while you push and mind the beans behind it ".repeat(4);
  for (let n = 0; n < count; n += 1) {
    const at = start + n * 60_000;
    const body = `${n} ${words.slice(0, 20 + ((n * 37) % 260))}${n === 77_777 ? " needle" : ""}`;
    const edit = { msgtype: "m.text", body: "* x", "m.new_content": { msgtype: "m.text", body }, "m.relates_to": { rel_type: "m.replace", event_id: `$${n - 3}` } };
    yield eventLine({ id: `$${n}`, at, content: n % 9 === 8 ? edit : { msgtype: "m.text", body } });
  }
}

test("a hundred thousand messages open at once and scroll smoothly", async ({ page }) => {
  test.setTimeout(600_000);
  const { folder, remove } = await temporaryFolder();
  const top = await writeViewerPackage(folder, { lines, count, rooms: [{ room_id: "!garden:test.example", name: "Garden", room_type: null }] });
  const watched = await watch(page);
  const began = performance.now();
  await page.goto(address(top, "#room-0"));
  // Not expect(): it looks once a second only, and would be what is measured.
  await page.getByRole("article").filter({ hasText: "0 the gate" }).first().waitFor();
  const opened = performance.now() - began;
  await expect(page.getByRole("status").first()).toHaveText("100,000 records", { timeout: 180_000 });
  const read = performance.now() - began;
  const frames = await page.getByRole("feed").evaluate(async (feed) => {
    const times: number[] = [];
    let last = performance.now();
    for (let step = 0; step < 100; step += 1) {
      feed.scrollTop += 300;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      times.push(performance.now() - last);
      last = performance.now();
    }
    return times.sort((a, b) => a - b);
  });
  const [median = 0, worst = 0] = [frames[50], frames.at(-1)];
  expect(await page.getByRole("article").count()).toBeLessThan(80);
  await page.getByRole("button", { name: "Newest" }).click();
  await expect(page.getByRole("article").filter({ hasText: "99999 the gate" })).toBeVisible();
  const searched = performance.now();
  await page.getByRole("searchbox", { name: "Search in all rooms" }).fill("needle");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").first()).toHaveText("1 found in 100,000 records", { timeout: 180_000 });
  const found = performance.now() - searched;
  console.log(`100 000 messages: first screen ${opened.toFixed(0)} ms, all read ${read.toFixed(0)} ms, frame ${median.toFixed(0)} ms median ${worst.toFixed(0)} ms worst, search ${found.toFixed(0)} ms`);
  await page.getByRole("button", { name: "in Garden" }).click();
  await expect(page.locator("article:focus")).toContainText("needle", { timeout: 180_000 });
  expect([...watched.requests, ...watched.violations]).toEqual([]);
  expect(opened).toBeLessThan(3000);
  expect(median).toBeLessThan(200);
  await remove();
});

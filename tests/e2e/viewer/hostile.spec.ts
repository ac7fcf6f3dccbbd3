import { expect, test } from "@playwright/test";
import { eventLine, type FixtureEvent, start, subject, writeViewerPackage } from "#tests/fixtures/viewer-package.ts";
import { address, temporaryFolder, watch } from "./open-package.ts";

const polyglots = [
  `"'--></style></script><svg/onload=alert(1)><img src=x onerror=alert(2)>`,
  "javascript:/*--></title></style></textarea></script><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(3)//'>",
  "<iframe srcdoc=\"<script>alert(4)</script>\"></iframe><link rel=stylesheet href=//evil.example/x.css>",
  "{{constructor.constructor('alert(5)')()}}${alert(6)}`;alert(7)//\u2028\u2029\\\");alert(8)//",
];

/** Every place of an event a sender can fill, filled with each of them. */
function lines(): string[] {
  const out: string[] = [];
  let at = 0;
  const add = (given: Omit<FixtureEvent, "id">) => out.push(eventLine({ id: `$${(at += 1)}${polyglots[at % 4] ?? ""}`, at: start + at * 1000, ...given }));
  for (const evil of polyglots) {
    const room = `!${evil}:test.example`;
    const evilUrl = "https://evil.example/pixel.png";
    for (const msgtype of ["m.text", "m.emote", "m.notice", "m.location", evil]) add({ room, content: { msgtype, body: evil, format: "org.matrix.custom.html", formatted_body: `<img src="${evilUrl}" onerror="alert(9)">${evil}`, geo_uri: evil } });
    for (const url of [evil, evilUrl, "javascript:alert(10)", "data:text/html,<script>alert(11)</script>", "mxc://../../etc/passwd", "mxc://test.example/__proto__"]) {
      for (const msgtype of ["m.image", "m.video", "m.audio", "m.file"]) add({ room, content: { msgtype, body: evil, filename: evil, url, info: { mimetype: evil, w: evil, h: -1, size: evil, thumbnail_url: evilUrl } } });
      add({ room, type: "m.sticker", content: { body: evil, url } });
      add({ room, content: { msgtype: "m.image", body: evil, file: { url, key: evil } } });
    }
    add({ room, type: evil, content: { body: evil, [evil]: evil, __proto__: { toString: evil } } });
    add({ room, type: "m.room.member", stateKey: evil, content: { membership: "invite", displayname: evil, avatar_url: evilUrl, reason: evil } });
    add({ room, type: "m.room.member", stateKey: subject, content: { membership: "join", displayname: evil } });
    add({ room, type: "m.room.name", stateKey: "", content: { name: evil } });
    add({ room, type: "m.room.canonical_alias", stateKey: "", content: { alias: evil } });
    add({ room, type: "m.reaction", content: { "m.relates_to": { rel_type: "m.annotation", event_id: evil, key: evil } } });
    add({ room, type: "m.room.encrypted", content: { algorithm: evil, ciphertext: evil, session_id: evil } });
    add({ room, type: "m.poll.start", content: { "m.poll": { question: { "m.text": [{ body: evil }] }, answers: evil } } });
    add({ room, at: evil, content: { msgtype: "m.text", body: "a moment nobody has" } });
    for (const content of [null, 1, [], "text", { body: { toString: evil } }, { "m.relates_to": evil }, { "m.new_content": evil, "m.relates_to": { rel_type: "m.replace", event_id: "$1" } }]) add({ room, content });
  }
  return out;
}

test("nothing a sender can write runs, loads or leaves its place", async ({ page }) => {
  test.setTimeout(180_000);
  const { folder, remove } = await temporaryFolder();
  const all = lines();
  const evil = polyglots[0] ?? "";
  const rooms = polyglots.map((name) => ({ room_id: `!${name}:test.example`, name, room_type: name }));
  const files = [{ id: evil, type: "image/svg+xml", content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>') }];
  const top = await writeViewerPackage(folder, { lines: () => all, count: all.length, rooms, files, displayName: evil });
  const watched = await watch(page);
  for (const hash of ["#about", "#messages", "#room-0", "#room-1", "#room-2", "#room-3"]) {
    await page.goto(address(top, hash));
    if (!hash.startsWith("#room")) continue;
    await expect(page.getByRole("status").first()).toHaveText(/^\d+ records$/);
    const feed = page.getByRole("feed");
    // Every row is made once.
    for (let at = 0; at < 60; at += 1) {
      const ended = await feed.evaluate((element) => {
        for (const fold of element.querySelectorAll("details")) fold.open = true;
        element.scrollTop += 500;
        return element.scrollTop + element.clientHeight >= element.scrollHeight - 2;
      });
      await page.waitForTimeout(30);
      if (ended) break;
    }
  }
  await page.getByRole("searchbox", { name: "Search in all rooms" }).fill("alert(1)");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").first()).toHaveText(/found in/);
  await expect(page.locator("mark").first()).toHaveText("alert(1)");
  const made = await page.evaluate(() => ({
    elements: document.querySelectorAll("iframe, object, embed, link, style ~ style, body svg, form[action], base").length,
    handlers: [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]).filter(({ name }) => name.startsWith("on") || name === "srcdoc").length,
    outside: [...document.querySelectorAll("a[href], [src]")].map((element) => element.getAttribute("href") ?? element.getAttribute("src") ?? "").filter((url) => !/^(#|data\/|viewer\/|mailto:|https:\/\/authority\.|https:\/\/privacy\.test\.example\/verify$|[\w-]+\.(txt|json|pdf))/.test(url)),
  }));
  expect(made).toEqual({ elements: 0, handlers: 0, outside: [] });
  expect(watched.dialogs).toEqual([]);
  expect(watched.requests).toEqual([]);
  expect(watched.violations).toEqual([]);
  await remove();
});

test("the page's policy stops what a hole in the script would let in", async ({ page }) => {
  const { folder, remove } = await temporaryFolder();
  const all = [eventLine({ id: "$a", content: { msgtype: "m.text", body: "x" } })];
  const top = await writeViewerPackage(folder, { lines: () => all, count: 1 });
  const watched = await watch(page);
  await page.goto(address(top));
  await page.getByRole("link", { name: "Read your messages" }).waitFor();
  const tried = await page.evaluate(async () => {
    // What runs within the call of the test itself is exempt from the policy; what comes a turn later is not.
    await new Promise((resolve) => setTimeout(resolve));
    const attempt = async (act: () => unknown) => {
      try {
        await act();
        return "done";
      } catch {
        return "refused";
      }
    };
    const loaded = (element: HTMLImageElement) => new Promise((resolve, reject) => {
      element.onload = resolve;
      element.onerror = reject;
      element.src = "https://evil.example/pixel.png";
    });
    return {
      html: await attempt(() => (document.body.innerHTML = "<img src=x onerror=alert(1)>")),
      run: await attempt(() => new Function("alert(2)")()),
      script: await attempt(() => { const script = document.createElement("script"); script.src = "https://evil.example/x.js"; document.head.append(script); }),
      fetched: await attempt(() => fetch("https://evil.example/")),
      picture: await attempt(() => loaded(new Image())),
    };
  });
  expect(tried).toEqual({ html: "refused", run: "refused", script: "refused", fetched: "refused", picture: "refused" });
  expect([...watched.requests, ...watched.dialogs]).toEqual([]);
  await remove();
});

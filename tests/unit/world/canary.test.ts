import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { forbiddenTo, marker, owedTo } from "#tests/world/canary.ts";
import { picture } from "#tests/world/picture.ts";

test("every marker is unique, none begins another, and it survives in a file name", () => {
  const { mark, canaries } = marker("a1b2c3");
  for (let i = 0; i < 1200; i++) mark("rosa", "message", "hello");
  const name = mark("rosa", "file name", "plan.txt");
  expect(name).toMatch(/^plan zqa1b2c3rosa1200qz\.txt$/);
  const words = canaries.map((canary) => canary.marker).sort();
  expect(new Set(words).size).toBe(words.length);
  expect(words.some((word, i) => words[i + 1]?.startsWith(word))).toBe(false);
});

test("without canaries the story is told as it is", () => {
  const { mark, canaries } = marker(null);
  expect(mark("rosa", "message", "hello")).toBe("hello");
  expect(canaries).toEqual([]);
});

test("what may be in whose package", () => {
  const { mark, canaries } = marker("x");
  mark("rosa", "message", "mine");
  mark("ben", "message", "his");
  mark("otto", "ban reason", "about me", { concerns: "rosa" });
  mark("ben", "room name", "ours", { fate: "label" });
  mark("rosa", "message", "taken back", { fate: "gone" });
  const fields = (list: typeof canaries) => list.map((canary) => `${canary.author} ${canary.field}`);
  expect(fields(owedTo("rosa", canaries))).toEqual(["rosa message", "otto ban reason"]);
  expect(fields(forbiddenTo("rosa", canaries))).toEqual(["ben message", "rosa message"]);
  expect(fields(forbiddenTo("ben", canaries))).toEqual(["rosa message", "otto ban reason", "rosa message"]);
});

test("a picture is a whole PNG with its comment inside", () => {
  const png = Buffer.from(picture([255, 0, 0], [0, 0, 255], "zqmarkerqz", 8));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.includes("Comment\0zqmarkerqz")).toBe(true);
  const at = png.indexOf("IDAT");
  expect(inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))).toHaveLength(8 * (1 + 8 * 3));
});

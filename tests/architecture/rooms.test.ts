import { existsSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { allFiles, read, sources } from "./sources.ts";

const lines = (file: string) => read(file).trimEnd().split("\n").length;

/** A room is a folder of lib. */
const rooms = [...new Set(sources("lib").map((file) => file.split("/").slice(0, 2).join("/")))].filter((room) => !path.extname(room));

test.each(rooms)("%s says in a README of at most ten lines what it answers and what it may import", (room) => {
  expect(existsSync(`${room}/README.md`), `${room}/README.md`).toBe(true);
  expect(lines(`${room}/README.md`)).toBeLessThanOrEqual(10);
});

test("no file is longer than 300 lines, no page longer than 80", () => {
  const tooLong = sources().filter((file) => lines(file) > (/\/page\.tsx$/.test(file) ? 80 : 300));
  expect(tooLong.map((file) => `${file}: ${lines(file)}`)).toEqual([]);
});

test("half of the files have at most 60 lines, nine of ten at most 180", () => {
  const sizes = sources("lib", "app").filter((file) => /\.tsx?$/.test(file)).map(lines).sort((a, b) => a - b);
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(60);
  expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThanOrEqual(180);
});

test("files are named in kebab-case, and none is a drawer for odds and ends", () => {
  const wrong = sources("lib", "app", "tests").filter((file) => {
    const name = path.basename(file).replace(/\.(test|spec|phone\.spec|module|d)?\.?(ts|tsx|mjs|cjs|css)$/, "");
    return !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z-]+)*$/.test(name) || /^(utils?|helpers?|misc)$/.test(name);
  });
  expect(wrong).toEqual([]);
});

test("nothing is switched off or left for later", () => {
  const marks = new RegExp(["TO" + "DO", "FIX" + "ME", "XX" + "X\\b", "eslint-dis" + "able", "@ts-(ig" + "nore|exp" + "ect-error)", "\\bas a" + "ny\\b", "\\.(on" + "ly|sk" + "ip)\\("].join("|"));
  const found = allFiles().filter((file) => /\.(tsx?|mjs|cjs|sql|py|sh|md)$/.test(file)).filter((file) => marks.test(read(file)));
  expect(found).toEqual([]);
});

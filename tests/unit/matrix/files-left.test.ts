import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openFilesLeft } from "#lib/matrix/files-left.ts";
import type { MediaId } from "#lib/matrix/homeserver.ts";

let store: string;
beforeAll(async () => {
  store = await mkdtemp(path.join(tmpdir(), "store-"));
  const put = async (file: string) => {
    await mkdir(path.dirname(path.join(store, file)), { recursive: true });
    await writeFile(path.join(store, file), "x");
  };
  await put("local_content/ab/cd/efgh");
  await put("local_thumbnails/ab/cd/efgh/96-96-image-png-crop");
  await put("local_thumbnails/th/um/bonly/32-32-image-png-crop");
  await put("url_cache/2026-11-26/preview");
  await put("secret");
});
afterAll(async () => {
  await chmod(store, 0o700);
  await rm(store, { recursive: true, force: true });
});

const left = (...ids: string[]) => openFilesLeft(store)(ids as MediaId[]);

test("counts files, and thumbnails that stayed without their file", async () => {
  expect(await left("abcdefgh")).toBe(2);
  expect(await left("thumbonly")).toBe(1);
  expect(await left("2026-11-26_preview", "gonegone")).toBe(1);
  expect(await left()).toBe(0);
});

test("an id cannot lead out of the store", async () => {
  expect(await left("../../secret", "ab/cd/../../secret")).toBe(0);
});

test("without the store, or with a mount that is missing, nothing is known", async () => {
  expect(await openFilesLeft(null)(["abcdefgh" as MediaId])).toBeNull();
  expect(await openFilesLeft(path.join(store, "not-mounted"))(["abcdefgh" as MediaId])).toBeNull();
});

import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { MediaId } from "#lib/matrix/homeserver.ts";
import { openFromStore } from "#lib/matrix/media.ts";

let store: string;
beforeAll(async () => {
  store = await mkdtemp(path.join(tmpdir(), "media-"));
  await mkdir(path.join(store, "local_content", "ab", "cd"), { recursive: true });
  await writeFile(path.join(store, "local_content", "ab", "cd", "efgh"), "picture");
  await writeFile(path.join(store, "secret"), "secret");
});
afterAll(() => rm(store, { recursive: true }));

const open = (id: string) => openFromStore(store, id as MediaId);

it("reads a file where Synapse puts it", async () => {
  const file = await open("abcdefgh");
  expect(file?.bytes).toBe(7);
  expect(await text(file?.content ?? Readable.from([]))).toBe("picture");
});

it.each(["abcdzzzz", "abcd", "", "..", "../../secret", "ab/../../../secret", "abcd\0efg", "....secret"])("finds nothing for %j", async (id) => {
  expect(await open(id)).toBeNull();
});

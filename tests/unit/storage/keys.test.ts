import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newFrameKey, unwrapKey, wrapKey, wrappingKeys } from "#lib/storage/keys.ts";
import { StorageCorrupt } from "#lib/storage/storage.ts";

const old = randomBytes(32);
const fresh = randomBytes(32);

describe("wrapped keys", () => {
  it("open with the key that wrapped them", () => {
    const keys = wrappingKeys(old);
    const frameKey = newFrameKey();
    expect(unwrapKey(keys, "a", wrapKey(keys, "a", frameKey))).toEqual(frameKey);
  });

  it("still open after rotation, and new ones no longer need the old key", () => {
    const frameKey = newFrameKey();
    const rotated = wrappingKeys([fresh, old]);
    expect(unwrapKey(rotated, "a", wrapKey(wrappingKeys(old), "a", frameKey))).toEqual(frameKey);
    expect(unwrapKey(wrappingKeys(fresh), "a", wrapKey(rotated, "a", frameKey))).toEqual(frameKey);
  });

  it("open nothing under another storage key, another key, or with a changed character", () => {
    const keys = wrappingKeys(old);
    const wrapped = wrapKey(keys, "a", newFrameKey());
    expect(() => unwrapKey(keys, "b", wrapped)).toThrow(StorageCorrupt);
    expect(() => unwrapKey(wrappingKeys(fresh), "a", wrapped)).toThrow(StorageCorrupt);
    const [version, id, body] = wrapped.split(".");
    for (const bad of ["", "v1", `v2.${id}.${body}`, `${version}.${id}.${body?.slice(4)}`, `${version}.${id}.AAAA${body?.slice(4)}`, `${wrapped}.x`]) {
      expect(() => unwrapKey(keys, "a", bad)).toThrow(StorageCorrupt);
    }
  });

  it("are never wrapped under a key of another length", () => {
    expect(() => wrappingKeys(randomBytes(16))).toThrow(/32 bytes/);
    expect(() => wrappingKeys([])).toThrow(/no package key/);
  });

  it("differ each time", () => {
    const keys = wrappingKeys(old);
    const frameKey = newFrameKey();
    expect(wrapKey(keys, "a", frameKey)).not.toBe(wrapKey(keys, "a", frameKey));
  });
});

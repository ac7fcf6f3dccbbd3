import { expect, test } from "vitest";
import type { Memory } from "#lib/erasure/memory.ts";
import { openMemory, sealMemory } from "#lib/erasure/seal-memory.ts";

const secret = "a secret of at least thirty-two characters for tests";
const memory: Memory = {
  mxid: "@ada:example.org", accountCreatedAt: 1, names: ["Ada 芽"], avatars: [], mails: ["ada@example.org"], phones: [], externalIds: [], deviceIds: [], ips: ["::1"],
  mediaIds: [], rooms: [{ id: "!r", version: null }], identityServers: [], suspendedBefore: false,
};

test("what was sealed opens again, and tells nothing until then", () => {
  const sealed = sealMemory(secret, "request-1", memory);
  expect(openMemory(secret, "request-1", sealed)).toEqual(memory);
  expect(sealed.includes("ada")).toBe(false);
  expect(sealMemory(secret, "request-1", memory).equals(sealed)).toBe(false);
});

test.each([
  ["another request", () => openMemory(secret, "request-2", sealMemory(secret, "request-1", memory))],
  ["another secret", () => openMemory(`${secret}!`, "request-1", sealMemory(secret, "request-1", memory))],
  ["one bit turned", () => {
    const sealed = sealMemory(secret, "request-1", memory);
    sealed[40] = (sealed[40] ?? 0) ^ 1;
    return openMemory(secret, "request-1", sealed);
  }],
  ["cut short", () => openMemory(secret, "request-1", sealMemory(secret, "request-1", memory).subarray(0, 20))],
])("%s: it stays shut", (_, open) => {
  expect(open).toThrow();
});

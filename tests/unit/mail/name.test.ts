import { describe, expect, it } from "vitest";
import { inertName } from "#lib/mail/letters/name.ts";

describe("a display name in a letter", () => {
  it.each([
    ["Ada", "Ada"],
    ["  Ada \t Lovelace\n", "Ada Lovelace"],
    ["عائشة بنت أحمد", "عائشة بنت أحمد"],
    ["می‌خواهم", "می‌خواهم"],
    ["李小龍", "李小龍"],
    ["👩‍👩‍👧 Ada", "👩‍👩‍👧 Ada"],
    ["J. R. R. Tolkien", "J. R. R. Tolkien"],
    ["\u202eAda\u2066\u0000\u0007", "Ada"],
    ["Ada\r\nBcc: x", "Ada Bcc: x"],
    ["{{7*7}} ${x} __VAR__ %s {name}", "{{7*7}} ${x} __VAR__ %s {name}"],
    ["a".repeat(100), `${"a".repeat(60)}…`],
    ["Ada\ud800", "Ada"],
  ])("%j becomes %j", (name, inert) => {
    expect(inertName(name)).toBe(inert);
  });

  it.each([null, "", " \u200b\u202e ", "https://evil.example", "evil.example", "evil。example", "ada@evil.example", "<img src=x onerror=1>", "x".concat("\u0301".repeat(900)), "javascript:alert", "\\\\evil\\share", "ｅｖｉｌ．ｃｏｍ"])(
    "is left out for %j",
    (name) => {
      expect(inertName(name)).toBeNull();
    },
  );

  it("costs nothing when it is megabytes long", () => {
    const long = Buffer.alloc(15_000_000, "é ").toString();
    const started = performance.now();
    expect(inertName(long)?.length).toBeLessThan(100);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

import { describe, expect, test } from "vitest";
import { causeOf } from "#app/(public)/sign-in/problem.ts";
import { hasBlankEnds, readName } from "#app/(public)/sign-in/typed-name.ts";

describe("what is typed as a name", () => {
  test.each([
    ["maria", "@maria:garden.example"],
    ["@maria", "@maria:garden.example"],
    ["@maria:garden.example", "@maria:garden.example"],
    ["maria:garden.example", "@maria:garden.example"],
    ["Maria", "@Maria:garden.example"],
    ["Åke Öst", "@Åke Öst:garden.example"],
    [" maria ", "@ maria :garden.example"],
    ["@a@b.example:garden.example", "@a@b.example:garden.example"],
  ])("%j is %j, byte for byte", (typed, mxid) => {
    expect(readName(typed, "garden.example")).toEqual({ mxid });
  });
  test("a server's own name may hold a port", () => {
    expect(readName("@maria:localhost:8448", "localhost:8448")).toEqual({ mxid: "@maria:localhost:8448" });
    expect(readName("@maria:localhost", "localhost:8448")).toEqual({ problem: "name_other_server" });
  });
  test.each([
    ["", "name_missing"],
    ["@", "name_missing"],
    ["@maria:other.example", "name_other_server"],
    ["@maria:Garden.example", "name_other_server"],
    ["@maria:garden.example ", "name_other_server"],
    ["maria@garden.example", "name_is_mail"],
  ])("%j is refused as %s", (typed, problem) => {
    expect(readName(typed, "garden.example")).toEqual({ problem });
  });
  test("blanks at an end are noticed", () => {
    expect([hasBlankEnds("a"), hasBlankEnds("a "), hasBlankEnds("\u00a0a")]).toEqual([false, true, true]);
  });
});

describe("why the homeserver refused", () => {
  const now = new Date("2026-11-21T09:00:00Z");
  test.each([
    [403, "M_FORBIDDEN", "wrong_password"],
    [401, "M_USER_LOCKED", "locked"],
    [403, "M_USER_DEACTIVATED", "deactivated"],
    [403, "M_GUEST_ACCESS_FORBIDDEN", "guest"],
    [429, "M_LIMIT_EXCEEDED", "limited"],
    [502, "UNKNOWN", "server_down"],
    [400, "M_UNKNOWN", "refused"],
  ])("%i %s is %s", (status, errcode, key) => {
    expect(causeOf(status, errcode, null, now).key).toBe(key);
  });
  test("a wait becomes a time", () => {
    expect(causeOf(429, "M_LIMIT_EXCEEDED", 90_000, now).until).toEqual(new Date("2026-11-21T09:01:30Z"));
  });
});

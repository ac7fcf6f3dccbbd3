import { describe, expect, test } from "vitest";
import { countAttempts } from "#lib/auth/attempts.ts";
import { endsAt, isRecent, movedEnd } from "#lib/auth/lifetime.ts";
import { nextPath } from "#lib/auth/next-path.ts";
import { standing } from "#lib/auth/standing.ts";
import { testNow } from "#tests/fixtures/clock.ts";

const MINUTE = 60_000;
const after = (minutes: number) => new Date(testNow.getTime() + minutes * MINUTE);

describe("standing", () => {
  const session = { expiresAt: after(60), revokedAt: null, checkedAt: testNow, person: { accountState: "active" as const } };
  test.each([
    ["no session", null, "ended"],
    ["in order", session, "open"],
    ["revoked", { ...session, revokedAt: testNow }, "ended"],
    ["at its end to the millisecond", { ...session, expiresAt: testNow }, "ended"],
    ["not read yet", { ...session, checkedAt: null }, "checking"],
    ["read without a result", { ...session, person: { accountState: null } }, "checking"],
    ["suspended", { ...session, person: { accountState: "suspended" as const } }, "open"],
    ["locked", { ...session, person: { accountState: "locked" as const } }, "refused"],
    ["locked, but the session is over", { ...session, revokedAt: testNow, person: { accountState: "locked" as const } }, "ended"],
  ])("%s", (_title, facts, kind) => {
    expect(standing(facts, testNow).kind).toBe(kind);
  });
});

describe("lifetime", () => {
  test("an end is an hour away and never past twelve hours", () => {
    expect(endsAt(testNow, testNow)).toEqual(after(60));
    expect(endsAt(testNow, after(11.5 * 60))).toEqual(after(12 * 60));
  });
  test("is moved in steps, not with every page", () => {
    const session = { authenticatedAt: testNow, expiresAt: after(60) };
    expect(movedEnd(session, after(4))).toBeNull();
    expect(movedEnd(session, after(5))).toEqual(after(65));
  });
  test("ten minutes are recent, a moment more is not, the future never is", () => {
    expect(isRecent(testNow, after(10))).toBe(true);
    expect(isRecent(testNow, new Date(after(10).getTime() + 1))).toBe(false);
    expect(isRecent(after(1), testNow)).toBe(false);
  });
});

describe("attempts", () => {
  test("counts by key within a window", () => {
    const attempts = countAttempts(2, MINUTE);
    expect([1, 2, 3].map(() => attempts.allow("a", testNow))).toEqual([true, true, false]);
    expect(attempts.allow("b", testNow)).toBe(true);
    expect(attempts.allow("a", after(1))).toBe(true);
  });
  test("forgets the oldest when there are too many keys", () => {
    const attempts = countAttempts(1, MINUTE, 2);
    for (const key of ["a", "b", "c"]) attempts.allow(key, testNow);
    expect(attempts.allow("a", testNow)).toBe(true);
    expect(attempts.allow("c", testNow)).toBe(false);
  });
});

describe("where to go after sign-in", () => {
  test.each(["/requests/7F3K-29QD", "/desk?state=review", "/"])("%s is ours", (path) => {
    expect(nextPath(path)).toBe(path);
  });
  test.each(["https://evil.example", "/x/..//evil.example", "/x/../\\\\evil.example", "//evil.example//other.example", "/\\\\evil.example//other", "/\tevil", "//[", "/x/..//[", "javascript:alert(1)", "requests", "", "/api/auth/csrf", "/sign-in?next=/x", "/checking", "/%2e%2e/api/x", "/a/../sign-in", `/${"x".repeat(600)}`, ["/a"], undefined])(
    "%j is not",
    (path) => {
      expect(nextPath(path)).toBe("/");
    },
  );
  test("dots cannot lead out of the path that was looked at", () => {
    expect(nextPath("/requests/../desk")).toBe("/desk");
  });
});

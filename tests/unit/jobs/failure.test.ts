import { expect, it } from "vitest";
import { GiveUp, RetryLater } from "#lib/errors.ts";
import { failureOf, retryAfter } from "#lib/jobs/failure.ts";

const later = (afterSeconds: number | null) => new RetryLater("homeserver_down", { afterSeconds });

it.each([
  [later(30), 1, 30],
  [later(30), 8, 256],
  [later(0), 1, 2],
  [later(0), 3, 8],
  [later(0.5), 1, 2],
  [later(86_400), 1, 3600],
  [later(7), 500, 1024],
  [later(null), 1, null],
  [new GiveUp("mismatch"), 1, null],
  [new Error("bug"), 1, null],
])("after %s on try %i waits %s seconds", (error, tried, seconds) => {
  expect(retryAfter(error, tried)).toBe(seconds);
});

it("names a failure by its code, never by somebody else's words", () => {
  expect([later(1), new GiveUp("mismatch"), new Error("ada@example.org not found"), "text"].map(failureOf)).toEqual(["homeserver_down", "mismatch", "unexpected", "unexpected"]);
});

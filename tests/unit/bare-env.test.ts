import { afterEach, expect, test, vi } from "vitest";
import { bareEnv } from "#lib/bare-env.ts";

afterEach(() => vi.unstubAllEnvs());

test("the cache of compiled code goes on to a process of ours, and nothing else", () => {
  vi.stubEnv("PORTAL_SECRET", "canary");
  vi.stubEnv("NODE_COMPILE_CACHE", "somewhere");
  expect(bareEnv()).toEqual({ NODE_ENV: "production", NODE_COMPILE_CACHE: "somewhere" });
  vi.stubEnv("NODE_COMPILE_CACHE", undefined);
  expect(bareEnv()).toEqual({ NODE_ENV: "production" });
});

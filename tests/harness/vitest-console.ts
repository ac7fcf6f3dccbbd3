import { format } from "node:util";
import { afterEach, beforeEach, expect, vi } from "vitest";

/** Whatever complains on the console is a fault nobody looked at: the test fails. */
beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => {
    complaints.push(format(...words));
  });
});

afterEach(() => {
  expect(complaints.splice(0), "console.error was called").toEqual([]);
});

const complaints: string[] = [];

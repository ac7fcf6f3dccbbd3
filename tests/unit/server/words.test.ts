import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { requestErrors } from "#lib/requests/errors.ts";
import { messagesFor } from "#lib/messages/messages.ts";

const root = path.resolve(import.meta.dirname, "../../..");

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes("generated"))
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8"));
}

/** Reasons as they stand in `new DomainError("code", "reason"…)` anywhere in the house. */
function reasons(): string[] {
  const found = [...sources("lib"), ...sources("app")].flatMap((text) => [...text.matchAll(/new DomainError\(\s*"[a-z_]+",\s*"([a-z_]+)"/g)].map(([, reason]) => reason ?? ""));
  return [...new Set([...found, ...requestErrors])].sort();
}

test("every refusal has its words", () => {
  const words = messagesFor("en")["errors"] as Record<string, string>;
  expect(reasons().length).toBeGreaterThan(20);
  expect(reasons().filter((reason) => !(reason in words))).toEqual([]);
});

test("every refusal the sign-in page may be handed has its words there", () => {
  const handed = sources("lib/auth").concat(sources("lib/matrix")).flatMap((text) => [...text.matchAll(/new DomainError\(\s*"[a-z_]+",\s*"([a-z_]+)"/g)].map(([, reason]) => reason ?? ""));
  const words = (messagesFor("en")["sign-in"] as Record<string, Record<string, string>>)["problems"] ?? {};
  expect(handed.filter((reason) => !(reason in words))).toEqual([]);
});

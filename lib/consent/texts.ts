import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { defaultLocale } from "#lib/messages/messages.ts";
import { isName, policyFile, type PolicyFile } from "./policy-file.ts";
import { signalName } from "./signal.ts";

/** A policy as its folder holds it. */
export interface PolicyEntry extends PolicyFile {
  /** Name of the folder: how the policy is called in the ledger and in addresses. */
  readonly policy: string;
}

/** One text, exactly as it lies in its file. */
export interface PolicyText {
  readonly policy: string;
  readonly version: string;
  /** Tag of the language it is written in, which may be another than was asked for. */
  readonly language: string;
  /** Its first heading, else the policy's name. */
  readonly title: string;
  readonly markdown: string;
  /** SHA-256 (hex) of the file's bytes. */
  readonly hash: string;
}

/** The folder POLICIES cannot be used as it is; the message names the file. */
export class TextsError extends Error {
  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`${file} ${problem}`, options);
    this.name = "TextsError";
  }
}

/**
 * Every policy under POLICIES, by name. Read anew each time: texts are few, and a new version needs no restart of ours.
 * @param folder null: none are configured
 * @throws TextsError
 */
export async function listPolicies(folder: string | null): Promise<readonly PolicyEntry[]> {
  if (folder === null) return [];
  const found: PolicyEntry[] = [];
  for (const policy of await names(folder, "directory")) {
    if (policy === signalName) throw new TextsError(policy, "is no name for a policy: the ledger calls the signal of browsers so");
    found.push({ policy, ...(await readEntry(folder, policy)) });
  }
  const own = found.filter(({ homeserver }) => homeserver);
  if (own.length > 1) throw new TextsError(path.join(own[1]?.policy ?? "", "policy.json"), `says "homeserver" and so does ${own[0]?.policy}: the homeserver knows one text`);
  return found;
}

/** A policy by its name in an address or a form; null when it is none of ours. */
export async function findPolicy(folder: string | null, policy: unknown): Promise<PolicyEntry | null> {
  return (await listPolicies(folder)).find((entry) => entry.policy === policy) ?? null;
}

/**
 * A version's text in the person's language, else in English, else in whatever there is. `version` and `language` may
 * come from anywhere: they are only ever compared with what was listed. null: no such version or no text of it.
 */
export async function readText(folder: string | null, entry: PolicyEntry, version: unknown, language: string): Promise<PolicyText | null> {
  const known = entry.versions.find((each) => each === version);
  if (folder === null || known === undefined) return null;
  const files = (await names(path.join(folder, entry.policy, known), "file")).filter((file) => file.endsWith(".md")).map((file) => file.slice(0, -".md".length));
  const chosen = [language, defaultLocale].find((tag) => files.includes(tag)) ?? files[0];
  if (chosen === undefined) return null;
  const bytes = await readFile(path.join(folder, entry.policy, known, `${chosen}.md`));
  const markdown = bytes.toString("utf8").replace(/^\uFEFF/, "");
  const title = /^#[ \t]+(\S.*?)[ \t]*#*$/m.exec(markdown)?.[1] ?? entry.policy;
  return { policy: entry.policy, version: known, language: chosen, title, markdown, hash: createHash("sha256").update(bytes).digest("hex") };
}

/** What people are asked to agree to now. @throws TextsError when the version has no text */
export async function currentText(folder: string | null, entry: PolicyEntry, language: string): Promise<PolicyText> {
  const text = await readText(folder, entry, entry.current, language);
  if (text === null) throw new TextsError(path.join(entry.policy, entry.current), "holds no text: write en.md there");
  return text;
}

async function readEntry(folder: string, policy: string): Promise<PolicyFile> {
  const file = path.join(policy, "policy.json");
  let said: unknown;
  try {
    said = JSON.parse(await readFile(path.join(folder, file), "utf8"));
  } catch (cause) {
    throw new TextsError(file, cause instanceof SyntaxError ? "is not JSON" : "cannot be read", { cause });
  }
  const result = policyFile.safeParse(said);
  if (result.success) return result.data;
  throw new TextsError(file, result.error.issues.map(({ path: at, message }) => `${at.join(".")}: ${message}`).join("; "));
}

/** Names in a folder that may stand in a path, sorted; none where there is no such folder. */
async function names(folder: string, kind: "directory" | "file"): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => (kind === "directory" ? entry.isDirectory() : entry.isFile()) && isName(entry.name)).map(({ name }) => name).sort();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT" && kind === "file") return [];
    throw new TextsError(kind === "file" ? path.basename(folder) : "POLICIES", "cannot be read", { cause });
  }
}

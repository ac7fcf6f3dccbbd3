import type { Build, Code, Package } from "#lib/db/generated/client.ts";
import type { RequestState } from "#lib/db/generated/enums.ts";
import type { KindId } from "#lib/kinds/kind.ts";
import type { GateVerdict } from "#lib/leak-gate/verdict.ts";
import { nextCodeAt } from "./code.ts";

export interface PackageView {
  readonly bytes: number;
  readonly sha256: string;
  readonly builtAt: Date;
  readonly expiresAt: Date;
  readonly downloads: number;
  /** `PackageSummary` of lib/export/manifest.ts, as stored. */
  readonly summary: unknown;
}

/** `kind` null: nobody has begun to read yet, or reading is over. While the package is checked, the numbers are bytes. */
export interface ProgressView {
  readonly kind: KindId | "checking" | null;
  readonly done: number;
  readonly total: number;
  readonly attempts: number;
  readonly updatedAt: Date | null;
}

/** `resendAt` null: no more codes for this request; in the past: at once. `triesLeft` is of the newest code that was sent. */
export interface CodeView {
  readonly sentAt: Date | null;
  readonly expiresAt: Date | null;
  readonly triesLeft: number;
  readonly resendAt: Date | null;
}

/** What the leak gate said last of a package of this request. */
export interface VerdictView extends GateVerdict {
  readonly at: Date;
}

export function viewVerdict(build: Build | null): VerdictView | null {
  if (!build?.verdict || !build.verdictAt) return null;
  return { ...(build.verdict as unknown as GateVerdict), at: build.verdictAt };
}

/** The same for the person: that it was done, and how much was looked at. */
export function viewChecked(build: Build | null): { files: number; records: number } | null {
  const verdict = viewVerdict(build);
  return verdict?.passed ? { files: verdict.files, records: verdict.records } : null;
}

/** Only what can still be opened. */
export function viewPackage(packages: readonly Package[]): PackageView | null {
  const found = packages.findLast((each) => each.wrappedKey !== null && each.removedAt === null);
  if (!found) return null;
  const { bytes, sha256, builtAt, expiresAt, downloads, summary } = found;
  return { bytes: Number(bytes), sha256, builtAt, expiresAt, downloads, summary };
}

export function viewProgress(state: RequestState, build: Build | null): ProgressView | null {
  if (state !== "running") return null;
  const { kind = null, done = 0n, total = 0n, attempts = 0, updatedAt = null } = build ?? {};
  return { kind: kind as ProgressView["kind"], done: Number(done), total: Number(total), attempts, updatedAt };
}

/** @param codes of the request, oldest first */
export function viewCode(state: RequestState, codes: readonly Code[]): CodeView | null {
  if (state !== "unconfirmed") return null;
  const sent = codes.findLast((code) => code.sentAt !== null);
  return {
    sentAt: sent?.sentAt ?? null,
    expiresAt: sent?.expiresAt ?? null,
    triesLeft: sent?.triesLeft ?? 0,
    resendAt: nextCodeAt(codes.map((code) => code.createdAt)),
  };
}

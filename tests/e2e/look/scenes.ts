import type { Prisma } from "#lib/db/generated/client.ts";
import type { AuditEvent, AuditRole } from "#lib/audit/events.ts";
import type { GateVerdict } from "#lib/leak-gate/verdict.ts";
import { kindsByDefault, type KindCounts } from "#lib/kinds/kind.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** Where a request can stand, told as rows: what the verbs would have written, days ago. */
export interface Scene {
  readonly request: Partial<Prisma.RequestUncheckedCreateInput>;
  readonly past: readonly (readonly [AuditEvent, AuditRole])[];
  readonly code?: Omit<Prisma.CodeUncheckedCreateInput, "requestId">;
  readonly build?: Omit<Prisma.BuildUncheckedCreateInput, "requestId">;
  readonly enquiries?: readonly (Omit<Prisma.EnquiryUncheckedCreateInput, "requestId" | "askedById"> & { readonly askedAt: Date; readonly endedAt?: Date })[];
  readonly package?: Omit<Prisma.PackageUncheckedCreateInput, "requestId" | "storageKey">;
}

export const counts: KindCounts = {
  account: { rows: 1, bytes: 412 },
  profile: { rows: 2, bytes: 230 },
  threepids: { rows: 0, bytes: 0 },
  devices: { rows: 4, bytes: 1_840 },
  sessions: { rows: 37, bytes: 9_400 },
  account_data: { rows: 24, bytes: 18_000 },
  rooms: { rows: 61, bytes: 40_200 },
  messages: { rows: 18_204, bytes: 14_300_000 },
  media: { rows: 310, bytes: 1_240_000_000 },
  receipts: { rows: 122, bytes: 31_000 },
  push_rules: { rows: 9, bytes: 2_000 },
  pushers: { rows: 1, bytes: 300 },
  reports: { rows: 0, bytes: 0 },
};

const withWish = { kinds: [...kindsByDefault, "backfilled_own"], from: null, to: null, mediaFiles: true };

const asked = [["submitted", "subject"], ["code_sent", "worker"]] as const;
const confirmed = [...asked, ["confirmed", "subject"]] as const;
const approved = [...confirmed, ["approved", "operator"]] as const;
const built = [...approved, ["started", "worker"], ["gate_passed", "worker"], ["built", "worker"]] as const;

const passed: GateVerdict = { version: 1, passed: true, files: 343, records: 18_775, bytes: 1_254_612_331, found: 0, findings: [] };
const blockedBy: GateVerdict = {
  ...passed,
  passed: false,
  found: 1_204,
  findings: [
    { code: "sender_foreign", path: "data/messages.ndjson", line: 17_411 },
    { code: "ordering_negative", path: "data/backfilled-own/messages.ndjson", line: 2 },
    { code: "counts_differ", path: "data/messages.csv" },
    { code: "file_unlisted", path: "viewer/messages-0001.js" },
  ],
};

function packageRow(now: Date): NonNullable<Scene["package"]> {
  const line = (rows: number) => ({ candidates: rows + 3, included: rows, tombstones: 0, excluded: { BACKFILLED: 3, REJECTED: 0, SOFT_FAILED: 0, OUT_OF_RANGE: 0 } });
  const summary = {
    format: 1,
    takenAt: now.toISOString(),
    kinds: kindsByDefault.map((kind) => ({ kind, ...line(counts[kind]?.rows ?? 0) })),
    totals: line(18_775),
    media: { files: 308, bytes: 1_230_000_000, missing: 2 },
    files: 340,
  };
  return { wrappedKey: "x", bytes: 1_254_612_331n, sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", builtAt: now, expiresAt: new Date(now.getTime() + 6 * day), summary };
}

/** Every screen of a request, by name. */
export function scenes(now: Date) {
  const at = (ms: number) => new Date(now.getTime() + ms);
  const code = { nonce: "n", hash: "h", createdAt: at(-20_000), sentAt: at(-15_000), expiresAt: at(9 * 60_000), triesLeft: 4 };
  return {
    sending: { request: { state: "unconfirmed", wakeAt: at(23 * hour) }, past: asked, code: { nonce: "n", createdAt: now } },
    unconfirmed: { request: { state: "unconfirmed", wakeAt: at(23 * hour) }, past: asked, code },
    tried: { request: { state: "unconfirmed", wakeAt: at(23 * hour) }, past: asked, code: { ...code, createdAt: at(-2 * 60_000), triesLeft: 0 } },
    review: { request: { state: "review", counts, countsReadAt: now }, past: confirmed },
    asked: {
      request: { state: "review", counts, countsReadAt: now, askedAt: at(-5 * day), pausedAt: at(-5 * day) },
      past: [...confirmed, ["asked", "operator"], ["paused", "worker"]],
      enquiries: [{ about: "identity", pauses: true, question: "Which room did you create first?\nOne is enough: العربية, 中文 or any other.", doubt: "Two different people wrote to us about this account within a day.", askedAt: at(-5 * day) }],
    },
    extended: {
      request: { state: "review", counts, countsReadAt: now, extendedAt: at(-day), extensionReason: "complexity", extensionText: "Your account has twelve years of rooms.\nWe look at each of them." },
      past: [...confirmed, ["asked", "operator"], ["paused", "worker"], ["answered", "subject"], ["resumed", "worker"], ["extended", "operator"]],
      enquiries: [{ about: "identity", pauses: true, question: "Which room did you create first?", doubt: "Two people wrote to us about this account.", askedAt: at(-6 * day), answer: "The compost room, in 2019.", answeredAt: at(-2 * day), endedAt: at(-2 * day), ended: "answered" }],
    },
    consentAsked: { request: { kind: "consent", state: "review", scope: { about: "withdrawal", policy: "terms", text: "I want to take back what I agreed to in 2019,\nbut I no longer know where: العربية, 中文." } }, past: [["submitted", "subject"]] },
    consentAnswered: {
      request: { kind: "consent", state: "fulfilled", scope: { about: "objection", policy: null, text: "Please do not count how often I am here." }, answerText: "From today your visits are no longer counted.\nWhat was counted before is deleted within a week." },
      past: [["submitted", "subject"], ["replied", "operator"]],
    },
    uncounted: { request: { state: "review", scope: { kinds: ["messages", "media"], from: "2024-01-01", to: null, mediaFiles: false } }, past: confirmed },
    wish: { request: { state: "review", scope: withWish, counts: { ...counts, backfilled_own: { rows: 312, bytes: 240_000 } }, countsReadAt: now }, past: confirmed },
    partly: {
      request: { state: "running", scope: withWish, counts, countsReadAt: now, granted: [], refused: [{ kind: "backfilled_own", reason: "The room was purged after a court order.\nWhat came back may not be copied before the case is closed." }] },
      past: [...approved, ["kind_refused", "operator"]],
    },
    queued: { request: { state: "running" }, past: approved },
    running: { request: { state: "running", counts, countsReadAt: now }, past: approved, build: { fence: 2, attempts: 2, leaseUntil: at(hour), kind: "messages", done: 7_301n, total: 18_775n, startedAt: now, updatedAt: now } },
    ready: { request: { state: "ready", counts, countsReadAt: now, wakeAt: at(6 * day) }, past: built, build: { fence: 1, attempts: 1, verdictAt: now, verdict: passed }, package: packageRow(now) },
    preview: { request: { state: "review", previewFirst: true, counts, countsReadAt: now }, past: built, build: { fence: 1, attempts: 1, verdictAt: now, verdict: passed }, package: packageRow(now) },
    failed: { request: { state: "failed", failure: "homeserver_down", counts, countsReadAt: now }, past: [...approved, ["gave_up", "worker"]] },
    blocked: {
      request: { state: "failed", failure: "package_blocked", counts, countsReadAt: now },
      past: [...approved, ["started", "worker"], ["gate_blocked", "worker"], ["gave_up", "worker"]],
      build: { fence: 1, attempts: 1, verdictAt: now, verdict: blockedBy },
    },
    frozen: { request: { state: "ready", frozenAt: now, wakeAt: at(6 * day) }, past: [...built, ["frozen", "subject"]], package: packageRow(now) },
    denied: {
      request: { state: "denied", denialReason: "manifestly_excessive", denialText: "You had a full copy on 3 November and again on 10 November.\nNothing new was added since. Please ask again after some weeks." },
      past: [...confirmed, ["denied", "operator"]],
    },
    withdrawn: { request: { state: "withdrawn" }, past: [...confirmed, ["withdrawn", "subject"]] },
    expired: { request: { state: "expired", confirmedAt: null }, past: [...asked, ["expired", "clock"]] },
    fulfilled: { request: { state: "fulfilled" }, past: [...built, ["downloaded", "subject"], ["fulfilled", "clock"]] },
  } as const satisfies Record<string, Scene>;
}

export type SceneName = keyof ReturnType<typeof scenes>;

import { createHash } from "node:crypto";
import type { Prisma } from "#lib/db/generated/client.ts";
import type { Plan } from "#lib/erasure/plan.ts";
import { stepNames, type StepName } from "#lib/erasure/step-names.ts";
import { staysOf } from "#lib/erasure/stays.ts";
import type { Scene } from "./scenes.ts";

const hour = 3_600_000;
const day = 24 * hour;

const names = ["Elderflower Lane", "Committee", "芽衣 and me", "حديقة الحي", "A room with a name that somebody made far longer than any list on a phone has room for", null];

/** Numbers of somebody who has been there for years; `lean`: of somebody who hardly was. */
export function planOf(mxid: string, now: Date, lean = false): Plan {
  const rooms = lean ? [] : Array.from({ length: 61 }, (_, at) => ({
    id: `!room${at}:garden.example`, name: names[at % names.length] ?? null, version: at % 7 === 0 ? "9" : "11",
    membership: ["join", "leave", "ban", "invite"][at % 4] ?? "join", events: 61 * 61 - at * at, backfilled: at % 5,
  }));
  const numbers: Pick<Plan, "events" | "tooOldToRedact" | "copies"> = {
    events: lean ? {} : { "m.room.message": 12_204, "m.room.encrypted": 5_411, "m.reaction": 811, "m.sticker": 12, "m.poll.start": 3, "m.room.member": 77, "m.room.redaction": 30, "org.example.custom": 4 },
    tooOldToRedact: lean ? null : 9_120,
    copies: lean
      ? { homeservers: [], appservices: [], identityServers: [] }
      : { homeservers: Array.from({ length: 37 }, (_, at) => `matrix${at}.a-server-somewhere.example`), appservices: ["telegram-bridge", "irc-bridge"], identityServers: ["vector.example"] },
  };
  return {
    format: { name: "matrix-privacy-portal-plan", version: 1 },
    madeAt: now.toISOString(), mxid, accountCreatedAt: 1_600_000_000, homeserver: "garden.example",
    rooms, directChats: lean ? 0 : 14, ...numbers,
    media: lean ? { files: 0, bytes: 0 } : { files: 310, bytes: 1_240_000_000 },
    devices: lean ? 1 : 4, addresses: lean ? 0 : 2, externalIds: lean ? 0 : 1, delayedEvents: lean ? 0 : 2,
    lastAdminOf: lean ? [] : [{ id: "!room1:garden.example", name: "Committee", joined: 12 }, { id: "!room4:garden.example", name: null, joined: 1 }, { id: "!room9:garden.example", name: "Notes", joined: 0 }],
    risks: lean ? [] : ["admin", "last_room_admin"],
    oldRooms: lean ? 0 : 9,
    stays: staysOf(numbers),
  };
}

export const hashOf = (plan: Plan): string => createHash("sha256").update(JSON.stringify(plan)).digest("hex");

const asked = [["submitted", "subject"], ["code_sent", "worker"]] as const;
const confirmed = [...asked, ["confirmed", "subject"]] as const;
const approved = [...confirmed, ["agreed", "operator"], ["approved", "operator"], ["suspended", "worker"]] as const;
const begun = [...approved, ["reminded", "clock"], ["grace_ended", "clock"]] as const;

type Step = Omit<Prisma.ErasureStepUncheckedCreateInput, "requestId">;
type Notice = Omit<Prisma.ErasureNoticeUncheckedCreateInput, "requestId">;

/** What stands beside the request itself. */
export interface ErasureScene extends Scene {
  readonly steps?: readonly Step[];
  readonly notices?: readonly Notice[];
  readonly certificate?: Omit<Prisma.CertificateUncheckedCreateInput, "requestId">;
}

function stepsUntil(now: Date, last: StepName, lastStep: Partial<Step>): Step[] {
  const until = stepNames.indexOf(last);
  const done = stepNames.slice(0, until).map((name, at): Step => ({ name, state: "done", intendedAt: new Date(now.getTime() - (20 - at) * 60_000), doneAt: new Date(now.getTime() - (20 - at) * 60_000 + 20_000), facts: { deleted: 310 } }));
  return [...done, { name: last, state: "intended", intendedAt: now, facts: {}, ...lastStep }];
}

const notices = (now: Date): Notice[] => [
  { target: "appservice", name: "telegram-bridge", state: "acknowledged", tries: 1, lastAt: now },
  { target: "homeserver", name: "matrix.org.example", state: "not_supported", tries: 1, lastAt: now },
  { target: "homeserver", name: "a-server-somewhere.example", state: "asked", tries: 1, lastAt: now },
  { target: "homeserver", name: "gone.example", state: "waiting", tries: 3, lastAt: now, nextAt: new Date(now.getTime() + hour) },
  { target: "homeserver", name: "silent.example", state: "nobody", tries: 1, lastAt: now },
  { target: "identity_server", name: "vector.example", state: "unreachable", tries: 9, lastAt: now },
];

/** Every screen of an erasure, by name. */
export function erasureScenes(now: Date) {
  const at = (ms: number) => new Date(now.getTime() + ms);
  const scope = { redact: true, suspend: true, leaveNow: false };
  const request = { kind: "erasure", scope, risks: ["admin", "last_room_admin"] as string[], notBefore: at(22 * day + 3 * hour) } as const;
  const held = { heldAt: at(-2 * day), holdReason: "legal_claims", holdText: "A neighbour has sued the society over messages in the committee room.\nWe must keep what you wrote there until the court has decided, probably until March." };
  const code = { nonce: "n", hash: "h", createdAt: at(-20_000), sentAt: at(-15_000), expiresAt: at(9 * 60_000), triesLeft: 4 };
  return {
    erasureUnconfirmed: { request: { ...request, notBefore: null, state: "unconfirmed", wakeAt: at(23 * hour) }, past: asked, code },
    erasureReview: { request: { ...request, notBefore: null, state: "review" }, past: confirmed },
    erasureAgreed: { request: { ...request, notBefore: null, state: "review", agreedAt: now }, past: [...confirmed, ["agreed", "operator"]] },
    erasureGrace: { request: { ...request, state: "grace" }, past: approved },
    erasureSoon: { request: { ...request, risks: [], scope: { redact: false, suspend: false, leaveNow: true }, state: "grace", notBefore: at(30 * hour) }, past: approved },
    erasureHeld: { request: { ...request, ...held, state: "grace" }, past: [...approved, ["held", "operator"]] },
    erasureFrozen: { request: { ...request, state: "grace", frozenAt: now }, past: [...approved, ["frozen", "subject"]] },
    erasureRunning: { request: { ...request, state: "running", notBefore: at(-hour) }, past: begun, steps: stepsUntil(now, "media", {}), notices: [] },
    erasureWaits: { request: { ...request, state: "running", notBefore: at(-hour) }, past: begun, steps: stepsUntil(now, "recheck", { wakeAt: at(20 * hour) }), notices: notices(now) },
    erasureFailed: { request: { ...request, state: "failed", notBefore: at(-hour), failure: "homeserver_down" }, past: [...begun, ["gave_up", "worker"]], steps: stepsUntil(now, "media", { state: "failed", failure: "homeserver_down", tries: 4 }), notices: [] },
    erasureDone: {
      request: { ...request, state: "fulfilled", notBefore: at(-2 * day) },
      past: [...begun, ["step_overridden", "operator"], ["certified", "worker"], ["erased", "worker"]],
      steps: [...stepsUntil(now, "certificate", { state: "done", doneAt: now }).map((step): Step => (step.name === "delayed" ? { ...step, state: "overridden", overrideReason: "The homeserver does not know delayed messages at all." } : step))],
      notices: notices(now),
      certificate: { issuedAt: now, document: { certificate: {} }, pdf: Buffer.from("%PDF-1.7\n"), salt: "5f".repeat(32) },
    },
    erasureDenied: { request: { ...request, notBefore: null, state: "denied", denialReason: "legally_required", denialText: "The society is being wound up and must keep its correspondence until the end of 2027." }, past: [...confirmed, ["denied", "operator"]] },
    erasureWithdrawn: { request: { ...request, state: "withdrawn" }, past: [...approved, ["withdrawn", "subject"], ["thawed", "worker"]] },
    erasureExpired: { request: { ...request, notBefore: null, state: "expired", confirmedAt: null }, past: [...asked, ["expired", "clock"]] },
  } as const satisfies Record<string, ErasureScene>;
}

export type ErasureSceneName = keyof ReturnType<typeof erasureScenes>;

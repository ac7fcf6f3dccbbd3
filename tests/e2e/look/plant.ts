import { randomUUID } from "node:crypto";
import { appendAudit } from "#lib/audit/append.ts";
import type { Prisma, PrismaClient } from "#lib/db/generated/client.ts";
import { dueOf, legalDue } from "#lib/requests/deadline.ts";
import { makeRequest } from "#tests/fixtures/people.ts";
import { hashOf, planOf, type ErasureScene } from "./erasure-scenes.ts";
import type { Scene } from "./scenes.ts";

const day = 86_400_000;

/** Puts a request of a person's into the database as if it had come so far by itself. Returns its reference. */
export async function plant(db: PrismaClient, personId: string, scene: Scene | ErasureScene, options: { now: Date; daysAgo?: number; open?: boolean; mxid?: string }): Promise<string> {
  const { now, daysAgo = 8 } = options;
  const receivedAt = new Date(now.getTime() - daysAgo * day);
  const seat = { timeZone: "Europe/Berlin", holidays: "DE" };
  const stops = ("enquiries" in scene ? (scene.enquiries ?? []) : []).flatMap(({ askedAt, endedAt }) => (endedAt ? [{ kind: "pause" as const, from: askedAt, to: endedAt }] : []));
  const due = dueOf({ receivedAt, extended: Boolean(scene.request.extendedAt), stops }, seat) ?? legalDue(receivedAt, seat);
  const plan = options.mxid ? planOf(options.mxid, receivedAt) : null;
  // Of today until its request is there: an older one that nobody asked by is tidied away by the worker of the stack.
  const planId = plan ? (await db.erasurePlan.create({ data: { personId, askedAt: now, madeAt: receivedAt, hash: hashOf(plan), body: plan as unknown as Prisma.InputJsonValue } })).id : null;
  const { id, reference } = await makeRequest(db, personId, {
    receivedAt,
    confirmedAt: scene.request.state === "unconfirmed" ? null : receivedAt,
    dueOn: new Date(due.due),
    dueAt: due.dueAt,
    wakeAt: new Date(now.getTime() + 20 * day),
    // Several open ones of a person, which no verb would allow: a list needs rows.
    ...(options.open ? {} : { openKey: null }),
    ...scene.request,
    ...(planId ? { planId } : {}),
  });
  if (planId) await db.erasurePlan.update({ where: { id: planId }, data: { askedAt: receivedAt } });
  const kept = keptFromWorker(scene, now);
  if (kept) await db.erasure.create({ data: { requestId: id, ...kept } });
  if ("certificate" in scene && scene.certificate) await db.certificate.create({ data: { ...scene.certificate, requestId: id } });
  if ("enquiries" in scene) for (const enquiry of scene.enquiries ?? []) await db.enquiry.create({ data: { ...enquiry, requestId: id, askedById: personId } });
  if (scene.code) await db.code.create({ data: { ...scene.code, requestId: id } });
  if (scene.build) await db.build.create({ data: { ...scene.build, requestId: id } });
  if (scene.package) await db.package.create({ data: { ...scene.package, requestId: id, storageKey: randomUUID() } });
  await db.$transaction(async (tx) => {
    for (const [index, [event, actor]] of scene.past.entries()) {
      await appendAudit(tx, { at: new Date(receivedAt.getTime() + index * 5_400_000), event, actor, requestId: id });
    }
  });
  return reference;
}

/** The worker of the stack is real: what is planted must look to it as if somebody else were at it, or as if it were done. */
function keptFromWorker({ request, steps = [], notices = [] }: ErasureScene, now: Date): Omit<Prisma.ErasureUncheckedCreateInput, "requestId"> | null {
  const rows = { steps: { create: [...steps] }, notices: { create: [...notices] } };
  if (request.state === "running") return { ...rows, leaseUntil: new Date(now.getTime() + day) };
  if (request.kind === "erasure" && request.state === "grace" && !request.frozenAt) return { ...rows, suspendedAt: now };
  return steps.length > 0 ? rows : null;
}

/** Takes planted requests out again; what was recorded of them stays, as it would of real ones. */
export async function uproot(db: PrismaClient, references: readonly (string | undefined)[]): Promise<void> {
  const known = references.filter((reference) => reference !== undefined);
  await db.request.deleteMany({ where: { reference: { in: known } } });
}

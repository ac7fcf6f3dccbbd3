import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { WorkerContext } from "#lib/context.ts";
import type { Prisma, PrismaClient } from "#lib/db/generated/client.ts";
import { makePlan } from "#lib/erasure/make-plan.ts";
import { runErasure } from "#lib/erasure/run.ts";
import { openEraser } from "#lib/matrix/eraser-synapse.ts";
import { openFilesLeft } from "#lib/matrix/files-left.ts";
import { openHomeserver } from "#lib/matrix/synapse.ts";
import type { ErasureOptions } from "#lib/requests/erasure-options.ts";
import type { SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { fakeMailer } from "#tests/fakes/mailer.ts";
import { fakeTeller } from "#tests/fakes/teller.ts";
import type { Synapse } from "#tests/harness/synapse.ts";
import { testClock } from "#tests/fixtures/clock.ts";
import { testPolicy, workerContext } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";

/** A portal whose clock starts now and jumps over what an erasure waits for; the homeserver is a real one. */
export async function portalOf(given: { synapse: Synapse; token: string; reader: SynapseDb }, db: PrismaClient, more: Partial<WorkerContext> = {}) {
  const clock = testClock(new Date());
  const folder = await mkdtemp(path.join(tmpdir(), "register-"));
  const address = { url: given.synapse.baseUrl, token: given.token };
  const ctx = workerContext(db, {
    homeserver: openHomeserver(address),
    eraser: openEraser({ ...address, now: () => new Date() }),
    synapseDb: given.reader,
    filesLeft: openFilesLeft(path.join(given.synapse.dataDir, "media")),
    teller: fakeTeller(),
    mailer: fakeMailer(),
    policy: { ...testPolicy, serverName: given.synapse.serverName },
    registerFile: path.join(folder, "register.ndjson"),
    renderPdf: async () => Buffer.from("%PDF-"),
    now: clock.now,
    ...more,
  });
  return {
    ctx, clock,
    /** A request that has come through grace, with the plan it was decided on. */
    async ask(mxid: string, options: Partial<ErasureOptions> = {}) {
      const { personId } = await makePerson(db, { mxid, at: clock.now() });
      const { id: planId } = await db.erasurePlan.create({ data: { personId, askedAt: clock.now() } });
      await makePlan(ctx, { planId });
      const plan = await db.erasurePlan.findUniqueOrThrow({ where: { id: planId } });
      const before = new Date(clock.now().getTime() - 60_000);
      const scope = { redact: true, suspend: false, leaveNow: false, ...options };
      const request = await makeRequest(db, personId, { kind: "erasure", state: "running", scope, planId, notBefore: before, wakeAt: before });
      return { ...request, plan };
    },
    /** On and on, until it ends; how often it ran, and how it stands. */
    async erase(requestId: string, most = 40): Promise<{ runs: number; state: string; failure: string | null }> {
      for (let runs = 1; runs <= most; runs += 1) {
        await runErasure(ctx, { requestId }, { other: async () => clock.now() });
        const { state, failure } = await db.request.findUniqueOrThrow({ where: { id: requestId } });
        if (state !== "running") return { runs, state, failure };
        const waiting = await db.erasureStep.findFirst({ where: { requestId, wakeAt: { not: null } } });
        clock.set(new Date(Math.max(waiting?.wakeAt?.getTime() ?? 0, clock.now().getTime())));
      }
      throw new Error(`the erasure did not end: ${JSON.stringify(await db.erasureStep.findMany({ where: { requestId, state: "intended" } }))}`);
    },
    factsOf: async (requestId: string): Promise<Record<string, Prisma.JsonObject>> =>
      Object.fromEntries((await db.erasureStep.findMany({ where: { requestId } })).map(({ name, facts }) => [name, facts as Prisma.JsonObject])),
  };
}

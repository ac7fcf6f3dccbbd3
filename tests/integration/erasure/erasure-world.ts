import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { WorkerContext } from "#lib/context.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import type { Plan } from "#lib/erasure/plan.ts";
import { planHash } from "#lib/erasure/plan-hash.ts";
import { runErasure, type RunOptions } from "#lib/erasure/run.ts";
import type { Eraser } from "#lib/matrix/eraser.ts";
import type { ErasureOptions } from "#lib/requests/erasure-options.ts";
import { fakeEraser } from "#tests/fakes/eraser.ts";
import { fakeMailer } from "#tests/fakes/mailer.ts";
import { fakeTeller } from "#tests/fakes/teller.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld } from "#tests/integration/requests/world.ts";
import { fakeEyes } from "./fake-eyes.ts";
import { richAccount } from "./rich-account.ts";

const hour = 3_600_000;

export interface Given {
  readonly options?: Partial<ErasureOptions>;
  readonly request?: Partial<Prisma.RequestUncheckedCreateInput>;
  readonly authority?: Eraser["authority"];
  readonly plan?: Partial<Plan>;
  /** Little of everything: for a test that repeats the whole road many times. */
  readonly small?: boolean;
}

/** A world in which a person with a rich account has their erasure under way, on a homeserver of their own. */
export function erasureWorld() {
  const world = openWorld();
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "erasure-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function running(given: Given = {}) {
    const actor = await makePerson(world.db, { at: world.clock.now(), hasMail: true });
    const { mxid, personId } = actor;
    const eraser = fakeEraser({ ...(given.authority ? { authority: given.authority } : {}) });
    richAccount(eraser, mxid, given.small ?? false);
    const eyes = fakeEyes(eraser);
    const mailer = fakeMailer();
    const teller = fakeTeller(["irc"]);
    const plan = planOf(mxid, given.plan);
    const { id: planId } = await world.db.erasurePlan.create({ data: { personId, askedAt: world.clock.now(), madeAt: world.clock.now(), hash: planHash(plan), body: plan as unknown as Prisma.InputJsonObject } });
    const now = world.clock.now().getTime();
    const request = await makeRequest(world.db, personId, {
      kind: "erasure", state: "running", scope: { redact: true, suspend: true, leaveNow: false, ...given.options }, planId, decidedAt: new Date(now - 80 * hour),
      notBefore: new Date(now - hour), wakeAt: new Date(now + hour), ...given.request,
    });
    const ctx = (more: Partial<WorkerContext> = {}) =>
      world.worker({ homeserver: eraser.homeserver, eraser, teller, mailer, registerFile: path.join(folder, "register.ndjson"), renderPdf: async () => Buffer.from("%PDF-"), ...more });
    const options: RunOptions = { eyes, other: async () => world.clock.now(), pause: async () => undefined };
    const erasure = {
      ...request, actor, mxid, eraser, eyes, mailer, teller, ctx, options,
      run: (more: Partial<RunOptions> = {}, given: Partial<WorkerContext> = {}) => runErasure(ctx(given), { requestId: request.id }, { ...options, ...more }),
      /** On and on, as the sweep does, until nothing moves by itself any more. */
      async toTheEnd(most = 60): Promise<string> {
        for (let round = 0; round < most; round += 1) {
          await erasure.run();
          const { state, heldAt, frozenAt } = await world.db.request.findUniqueOrThrow({ where: { id: request.id } });
          if (state !== "running" || heldAt || frozenAt) return state;
          const waiting = await world.db.erasureStep.findFirst({ where: { requestId: request.id, wakeAt: { not: null } } });
          world.clock.set(new Date(Math.max(waiting?.wakeAt?.getTime() ?? 0, world.clock.now().getTime() + 60_000)));
        }
        throw new Error("the erasure does not come to an end");
      },
      steps: async () => Object.fromEntries((await world.db.erasureStep.findMany({ where: { requestId: request.id } })).map((step) => [step.name, step])),
      step: (name: string) => world.db.erasureStep.findUnique({ where: { requestId_name: { requestId: request.id, name } } }),
      state: async () => (await world.db.request.findUniqueOrThrow({ where: { id: request.id } })).state,
    };
    return erasure;
  }

  return {
    running,
    get folder() {
      return folder;
    },
    get db() {
      return world.db;
    },
    get url() {
      return world.url;
    },
    clock: world.clock, queue: world.queue, log: world.log, web: world.web, worker: world.worker, audit: world.audit, reset: world.reset,
  };
}

export type Erasure = Awaited<ReturnType<ReturnType<typeof erasureWorld>["running"]>>;

function planOf(mxid: string, more: Partial<Plan> = {}): Plan {
  return {
    format: { name: "matrix-privacy-portal-plan", version: 1 }, madeAt: "2026-11-20T09:00:00.000Z", mxid, accountCreatedAt: 0, homeserver: "test.example", rooms: [], directChats: 0, events: {},
    media: { files: 0, bytes: 0 }, devices: 2, addresses: 1, externalIds: 1, delayedEvents: 0, lastAdminOf: [], copies: { homeservers: ["far.example"], appservices: ["irc"], identityServers: ["id.example"] },
    risks: [], oldRooms: 0, tooOldToRedact: null, stays: [{ code: "name", law: "Art. 17(3)(b)" }], ...more,
  };
}

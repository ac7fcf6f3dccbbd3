import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { WorkerContext } from "#lib/context.ts";
import { openLeakGate } from "#lib/leak-gate/run.ts";
import { openStorage } from "#lib/storage/open.ts";
import type { Package } from "#lib/db/generated/client.ts";
import type { Storage } from "#lib/storage/storage.ts";
import { fakeHomeserver } from "#tests/fakes/homeserver.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { emptySynapseDb } from "#tests/fixtures/package.ts";
import { openWorld } from "#tests/integration/requests/world.ts";

export const key = randomBytes(32);

/** A world in which packages can be built from fake kinds into a folder. */
export function buildWorld() {
  const world = openWorld();
  const homeserver = fakeHomeserver("test.example");
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "packages-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const storage = (): Storage => openStorage({ place: { type: "disk", folder }, key });
  const { clock, queue, log, web, audit, reset } = world;
  return {
    clock, queue, log, web, audit, reset,
    get db() {
      return world.db;
    },
    get url() {
      return world.url;
    },
    homeserver,
    get folder() {
      return folder;
    },
    get storage() {
      return storage();
    },
    stored: () => readdir(folder).catch(() => [] as string[]),
    ctx: (given: Partial<WorkerContext> = {}) =>
      world.worker({ homeserver, synapseDb: emptySynapseDb, storage: storage(), leakGate: openLeakGate({ place: { type: "disk", folder }, key }), renderPdf: async () => Buffer.from("%PDF-"), ...given }),
    /** A person whom the homeserver knows, and a request that waits for the worker. */
    async running(given: Parameters<typeof makeRequest>[2] = {}) {
      const actor = await makePerson(world.db, { at: world.clock.now() });
      homeserver.addAccount(actor.mxid, { displayName: "Anna" });
      const request = await makeRequest(world.db, actor.personId, { state: "running", ...given });
      return { actor, ...request };
    },
  };
}

/** What opens the package of a row. */
export function sealedOf(row: Package | undefined) {
  return { storageKey: row?.storageKey ?? "", wrappedKey: row?.wrappedKey ?? "", bytes: Number(row?.bytes) };
}

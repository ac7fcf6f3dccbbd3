import { beforeEach, expect, test } from "vitest";
import { countRequest } from "#lib/requests/count-request.ts";
import { SynapseDbUnavailable, type SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld } from "./world.ts";

const world = openWorld();
beforeEach(world.reset);

/** What a look would have found; how kinds count is shown in tests/integration/kinds. */
const found = { account: { rows: 1, bytes: 10 } };
const answering = (looks: { n: number }): SynapseDb => ({
  async snapshot<T>() {
    looks.n += 1;
    await Promise.resolve();
    return found as T;
  },
  close: () => Promise.resolve(),
});
const down: SynapseDb = { snapshot: () => Promise.reject(new SynapseDbUnavailable()), close: () => Promise.resolve() };

test("counted once, and on record that somebody looked", async () => {
  const { id } = await makeRequest(world.db, (await makePerson(world.db)).personId);
  const looks = { n: 0 };
  const worker = world.worker({ synapseDb: answering(looks) });
  await Promise.all([countRequest(worker, { requestId: id }), countRequest(worker, { requestId: id })]);
  await countRequest(worker, { requestId: id });
  expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ counts: found, countsReadAt: testNow, state: "review" });
  expect(await world.audit(id)).toEqual([{ event: "counted", actor: "worker", actorId: null, data: {} }]);
  expect(looks.n).toBeLessThanOrEqual(2);
});

test("Synapse's database is down: later", async () => {
  const { id } = await makeRequest(world.db, (await makePerson(world.db)).personId);
  await expect(countRequest(world.worker({ synapseDb: down }), { requestId: id })).rejects.toMatchObject({ name: "RetryLater", failure: "synapse_database_down" });
  expect(await world.db.request.findUnique({ where: { id } })).toMatchObject({ counts: null, countsReadAt: null });
});

test("nobody looks into the data of a request that is over or gone", async () => {
  const looks = { n: 0 };
  const worker = world.worker({ synapseDb: answering(looks) });
  const { id } = await makeRequest(world.db, (await makePerson(world.db)).personId, { state: "withdrawn" });
  await countRequest(worker, { requestId: id });
  await countRequest(worker, { requestId: "0192f0c0-0000-7000-8000-000000000001" });
  expect(looks.n).toBe(0);
});

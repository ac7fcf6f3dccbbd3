import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { approveRequest } from "#lib/requests/approve.ts";
import { inTransaction, isTaken, LostRace } from "#lib/requests/transaction.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld } from "./world.ts";

const world = openWorld();
beforeEach(world.reset);
afterEach(async () => {
  await world.db.$executeRaw`DROP TRIGGER IF EXISTS stumble ON "AuditRecord"`;
  await world.db.$executeRaw`DROP TRIGGER IF EXISTS stumble ON "AuditHead"`;
});

/** The database fails the next `times` writes of a table with this SQLSTATE (K12). A sequence is not rolled back, so it can count. */
async function stumble(table: string, sqlstate: string, times: number): Promise<void> {
  await world.db.$executeRawUnsafe(`CREATE SEQUENCE IF NOT EXISTS stumbles`);
  await world.db.$executeRawUnsafe(`ALTER SEQUENCE stumbles RESTART`);
  await world.db.$executeRawUnsafe(`CREATE OR REPLACE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF nextval('stumbles') <= ${times} THEN RAISE EXCEPTION 'scripted' USING ERRCODE = '${sqlstate}'; END IF; RETURN NEW; END $$`);
  await world.db.$executeRawUnsafe(`CREATE TRIGGER stumble BEFORE INSERT OR UPDATE ON "${table}" FOR EACH ROW EXECUTE FUNCTION stumble()`);
}

describe.each(["40001", "40P01"])("SQLSTATE %s", (sqlstate) => {
  test.each(["AuditRecord", "AuditHead"])("at a write of %s: the whole is repeated and happens once", async (table) => {
    const { id, reference } = await makeRequest(world.db, (await makePerson(world.db)).personId);
    const officer = await makePerson(world.db, { operator: true });
    await approveRequest(world.web(officer), { reference });
    const second = await makeRequest(world.db, (await makePerson(world.db)).personId);
    await stumble(table, sqlstate, 2);
    await approveRequest(world.web(officer), second);
    expect(await world.audit(second.id)).toHaveLength(1);
    expect(await world.audit(id)).toHaveLength(1);
    expect(await world.db.letter.count({ where: { requestId: second.id } })).toBe(1);
  });
});

test("a lost race is run again, any other error is not, and not for ever", async () => {
  const runs = { lost: 0, other: 0, always: 0 };
  await inTransaction(world.db, () => {
    runs.lost += 1;
    return runs.lost < 3 ? Promise.reject(new LostRace()) : Promise.resolve();
  });
  await expect(inTransaction(world.db, () => {
    runs.other += 1;
    return Promise.reject(new Error("no"));
  })).rejects.toThrow("no");
  await expect(inTransaction(world.db, () => {
    runs.always += 1;
    return Promise.reject(new LostRace());
  })).rejects.toThrow(LostRace);
  expect(runs).toEqual({ lost: 3, other: 1, always: 8 });
});

test("a taken value is told by its column", async () => {
  const { personId } = await makePerson(world.db);
  const { reference } = await makeRequest(world.db, personId);
  const again = await makeRequest(world.db, personId).catch((error: unknown) => error);
  expect([isTaken(again, "openKey"), isTaken(again, "reference"), isTaken(new Error("openKey"), "openKey")]).toEqual([true, false, false]);
  const same = await makeRequest(world.db, personId, { reference, openKey: "other" }).catch((error: unknown) => error);
  expect([isTaken(same, "openKey"), isTaken(same, "reference")]).toEqual([false, true]);
});

import { beforeEach, describe, expect, it } from "vitest";
import { givenUp } from "#lib/worker/given-up.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld } from "#tests/integration/requests/world.ts";

const world = openWorld();
beforeEach(() => world.reset());

describe("a build whose job is out of tries", () => {
  const after = async (failure: string) => {
    const person = await makePerson(world.db);
    const { id } = await makeRequest(world.db, person.personId, { state: "running" });
    await givenUp(world.worker())("export.build", { requestId: id }, failure);
    return await world.db.request.findUniqueOrThrow({ where: { id }, select: { state: true, failure: true } });
  };

  it("goes to the operator with the reason", async () => {
    expect(await after("storage_full")).toEqual({ state: "failed", failure: "storage_full" });
  });

  it("is left alone while another worker still builds", async () => {
    expect(await after("busy")).toEqual({ state: "running", failure: null });
  });
});

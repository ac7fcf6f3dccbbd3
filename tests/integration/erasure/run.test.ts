import { beforeEach, describe, expect, it } from "vitest";
import { stepNames } from "#lib/erasure/step-names.ts";
import { bea, erasureWorld } from "./erasure-world.ts";

const world = erasureWorld();
beforeEach(() => world.reset());

describe("the whole road", () => {
  it("goes from the intent of the first step to the certificate, and nothing happens twice", async () => {
    const erasure = await world.running();
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    const { eraser, mxid } = erasure;
    const steps = await erasure.steps();
    expect(stepNames.map((name) => [name, steps[name]?.state])).toEqual(stepNames.map((name) => [name, "done"]));
    expect(eraser.repeated()).toEqual([]);
    expect(eraser.unredacted(mxid).map(({ type, room }) => `${type} ${room}`)).toEqual([
      "m.room.create !old:test.example", "m.reaction !left:test.example", "m.room.member !left:test.example", "m.room.member !knocked:test.example",
      "m.room.member !garden:test.example", "m.room.member !old:test.example", "m.room.member !invited:test.example", "m.room.member !knocked:test.example",
    ].filter((line) => !line.includes("!old:")));
    expect(eraser.events.filter((event) => event.sender === bea && event.redactions > 0)).toEqual([]);
    expect(eraser.homeserver.accounts.get(mxid)).toMatchObject({ deactivated: true, erased: true, locked: true, mails: [] });
    expect([...eraser.rooms.keys()]).not.toContain("!old:test.example");
    expect([...eraser.rooms.keys()]).toContain("!garden:test.example");
  });
});

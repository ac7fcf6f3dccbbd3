import { beforeEach, describe, expect, test } from "vitest";
import { viewCase } from "#lib/requests/desk-views.ts";
import { extendRequest } from "#lib/requests/extend.ts";
import { castClock, extend, lettersOf, words } from "./clock-cast.ts";
import { openWorld, refusal } from "./world.ts";

const world = openWorld();
beforeEach(world.reset);
const cast = (given: Parameters<typeof castClock>[1] = {}) => castClock(world, given);
const letters = (requestId: string) => lettersOf(world, requestId);

describe("two months more", () => {
  test.each(["export", "erasure", "consent"] as const)("of a request for %s: counted from the start, told in the same transaction", async (kind) => {
    const { reference, id, desk, officer, row } = await cast({ kind });
    await extend(desk, reference);
    expect(await row()).toMatchObject({
      dueOn: new Date("2026-12-03"), dueAt: new Date("2026-12-03T23:00:00Z"), extendedAt: world.clock.now(), extendedById: officer.personId, extensionReason: "complexity", extensionText: words,
    });
    expect(await letters(id)).toEqual(["extended notice", "extended mail"]);
    expect(await world.audit(id)).toEqual([
      { event: "extended", actor: "operator", actorId: officer.personId, data: { reason: "complexity", months: 3, due: "2026-12-03", from: "review", to: "review" } },
    ]);
    expect(await refusal(extend(desk, reference))).toBe("conflict already_extended");
  });

  test("at 23:59 of the last day it is in time, at 24:00 it is not, in review and when the build failed", async () => {
    for (const state of ["review", "failed"] as const) {
      const late = await cast({ state });
      world.clock.set("2026-10-05T22:00:00Z");
      expect(await refusal(extend(late.desk, late.reference))).toBe("conflict extension_late");
      expect((await viewCase(late.desk, late.reference)).extensionBarred).toBe("extension_late");
      expect(await letters(late.id)).toEqual([]);
      const last = await cast({ state });
      world.clock.set("2026-10-05T21:59:59.999Z");
      await extend(last.desk, last.reference);
      expect((await last.row()).dueAt).toEqual(new Date("2026-12-03T23:00:00Z"));
    }
  });

  test.each([
    [{ reason: "", text: words }, { reason: "extension_reason" }],
    [{ reason: "complexity", text: "Nineteen characters" }, { text: "denial_text_short" }],
  ])("not without reason and words: %j", async (given, fields) => {
    const { reference, desk } = await cast();
    await expect(extendRequest(desk, { reference, ...given })).rejects.toMatchObject({ code: "invalid", fields });
  });

  test("that reached nobody: the officer hears it after six hours, and once more when the month is over", async () => {
    const { reference, id, desk } = await cast();
    await extend(desk, reference);
    const worker = world.worker();
    world.clock.advance(6 * 3_600_000 - 1);
    await world.sweep(worker);
    expect(await letters(id)).not.toContain("dpo-untold mail");
    world.clock.advance(1);
    await world.sweep(worker);
    expect(await letters(id)).toContain("dpo-untold mail");
    world.clock.set("2026-10-05T22:00:00Z");
    await world.sweep(worker);
    const told = await world.db.letter.findMany({ where: { requestId: id, name: "dpo-untold" }, orderBy: { createdAt: "asc" } });
    expect(told.map(({ occasion }) => occasion)).toEqual(["", "late"]);
  });

  test("that one channel has taken alarms nobody, and is reminded of at its own date", async () => {
    const { reference, id, desk } = await cast();
    await extend(desk, reference);
    await world.db.letter.updateMany({ where: { requestId: id, channel: "notice" }, data: { state: "sent" } });
    const worker = world.worker();
    for (const at of ["2026-09-11T10:00:00Z", "2026-10-06T10:00:00Z"]) {
      world.clock.set(at);
      await world.sweep(worker);
    }
    expect(await letters(id)).toEqual(["extended notice", "extended mail"]);
    world.clock.set("2026-11-26T23:00:00Z");
    await world.sweep(worker);
    expect(await letters(id)).toContain("dpo-reminder mail");
  });
});

import { beforeEach, expect, it } from "vitest";
import { syncSuspension } from "#lib/erasure/sync-suspension.ts";
import { away } from "#tests/fakes/eraser.ts";
import { type Erasure, erasureWorld } from "./erasure-world.ts";

const world = erasureWorld();
beforeEach(() => world.reset());

const sync = (erasure: Erasure) => syncSuspension(erasure.ctx(), { requestId: erasure.id });
const inGrace = (more: object = {}) => world.running({ small: true, request: { state: "grace", ...more } });
const row = (erasure: Erasure) => world.db.erasure.findUnique({ where: { requestId: erasure.id } });

it("suspends in grace, once, and remembers that it was us", async () => {
  const erasure = await inGrace();
  await sync(erasure);
  await sync(erasure);
  expect(erasure.eraser.effects).toEqual([`suspend ${erasure.mxid}`]);
  expect((await row(erasure))?.suspendedAt).not.toBeNull();
  expect((await world.audit(erasure.id)).map(({ event }) => event)).toEqual(["suspended"]);
});

it.each(["withdrawn", "denied", "expired"] as const)("thaws once the erasure is %s", async (state) => {
  const erasure = await inGrace();
  await sync(erasure);
  await world.db.request.update({ where: { id: erasure.id }, data: { state } as never });
  await sync(erasure);
  await sync(erasure);
  expect(erasure.eraser.effects).toEqual([`suspend ${erasure.mxid}`, `thaw ${erasure.mxid}`]);
  expect((await row(erasure))?.suspendedAt).toBeNull();
});

it("thaws while the person says that it was not them", async () => {
  const erasure = await inGrace();
  await sync(erasure);
  await world.db.request.update({ where: { id: erasure.id }, data: { frozenAt: world.clock.now() } });
  await sync(erasure);
  expect(erasure.eraser.homeserver.accounts.get(erasure.mxid)?.suspended).toBe(false);
});

it("leaves somebody alone whom others had suspended before, also afterwards", async () => {
  const erasure = await inGrace();
  await erasure.eraser.suspend(erasure.mxid, true);
  await sync(erasure);
  await world.db.request.update({ where: { id: erasure.id }, data: { state: "withdrawn" } as never });
  await sync(erasure);
  expect(erasure.eraser.homeserver.accounts.get(erasure.mxid)?.suspended).toBe(true);
  expect(erasure.eraser.effects).toEqual([`suspend ${erasure.mxid}`]);
});

it("does nothing where it was not chosen, while it runs, or where there is no account", async () => {
  const unwanted = await world.running({ small: true, options: { suspend: false }, request: { state: "grace" } });
  const under = await world.running({ small: true });
  const gone = await inGrace();
  gone.eraser.homeserver.removeAccount(gone.mxid);
  for (const erasure of [unwanted, under, gone]) {
    await sync(erasure);
    expect(erasure.eraser.effects).toEqual([]);
  }
});

it("comes back later when the homeserver is away, also when only its answer is lost", async () => {
  const erasure = await inGrace();
  erasure.eraser.fault({ on: "suspend", error: away(), after: true });
  await expect(sync(erasure)).rejects.toMatchObject({ name: "RetryLater", failure: "homeserver_down" });
  await sync(erasure);
  expect(erasure.eraser.effects).toEqual([`suspend ${erasure.mxid}`]);
  await world.db.request.update({ where: { id: erasure.id }, data: { state: "withdrawn" } as never });
  await sync(erasure);
  expect(erasure.eraser.homeserver.accounts.get(erasure.mxid)?.suspended).toBe(false);
});

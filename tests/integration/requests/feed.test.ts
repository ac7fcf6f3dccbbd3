import { beforeEach, describe, expect, test } from "vitest";
import { roleOf } from "#lib/auth/roles.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { listFeeds, openFeed, readFeed, revokeFeed } from "#lib/requests/feed.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld, refusal } from "./world.ts";

const world = openWorld();
beforeEach(async () => {
  world.reset();
  await world.db.request.deleteMany();
});

async function officer() {
  const person = await makePerson(world.db, { role: "operator" });
  const policy = { ...testPolicy, operators: [person.mxid] };
  const ctx = { ...world.web(person), policy };
  const read = (token: unknown, now = policy) => readFeed({ ...ctx, policy: now }, token, ({ mxid, admin }) => roleOf(now, mxid as Mxid, admin));
  return { ctx, read };
}

describe("a calendar's address", () => {
  test("opens the deadlines of open cases: kind, reference, day, and nothing of the person", async () => {
    const { ctx, read } = await officer();
    const person = await makePerson(world.db);
    const { id, reference } = await makeRequest(world.db, person.personId, { dueOn: new Date("2026-12-21"), extendedAt: world.clock.now() });
    for (const state of ["unconfirmed", "ready", "fulfilled", "denied"] as const) await makeRequest(world.db, (await makePerson(world.db)).personId, { state });
    await makeRequest(world.db, (await makePerson(world.db)).personId, { pausedAt: world.clock.now() });
    const { token } = await openFeed(ctx);
    const first = await read(token);
    expect(first.dates).toMatchObject([{ reference, kind: "export", day: "2026-12-21", sequence: 1 }]);
    expect(JSON.stringify(first)).not.toMatch(new RegExp(`${person.mxid}|${person.personId}|${id}`));
    expect((await read(token)).dates[0]?.uid).toBe(first.dates[0]?.uid);
  });

  test("is kept as a hash, and whoever guesses, shortens or lengthens it finds nothing", async () => {
    const { ctx, read } = await officer();
    const { token } = await openFeed(ctx);
    expect(token.length).toBeGreaterThanOrEqual(32);
    expect(JSON.stringify(await world.db.feedToken.findMany())).not.toContain(token);
    for (const wrong of [token.slice(1), `${token}x`, token.toLowerCase() === token ? "x" : token.toLowerCase(), "", null, [token], "x".repeat(10_000)]) expect(await refusal(read(wrong))).toBe("not_found request");
  });

  test("ends when it is ended, when nobody used it for ninety days, and with the role of its owner", async () => {
    const { ctx, read } = await officer();
    const [ended, idle, kept] = [await openFeed(ctx), await openFeed(ctx), await openFeed(ctx)];
    const [one] = await listFeeds(ctx);
    await revokeFeed(ctx, { id: one?.id });
    expect(await refusal(read(ended.token))).toBe("not_found request");
    world.clock.advance(60 * 86_400_000);
    await read(kept.token);
    world.clock.advance(40 * 86_400_000);
    expect(await refusal(read(idle.token))).toBe("not_found request");
    await read(kept.token);
    expect(await refusal(read(kept.token, { ...testPolicy, operators: [] }))).toBe("not_found request");
    await read(kept.token, { ...testPolicy, operators: [], auditors: [ctx.actor.mxid] });
  });

  test("is one's own: five of them, each opened and ended on the record", async () => {
    const { ctx } = await officer();
    for (let n = 0; n < 5; n += 1) await openFeed(ctx);
    expect(await refusal(openFeed(ctx))).toBe("conflict feeds_many");
    const [one] = await listFeeds(ctx);
    const other = (await officer()).ctx;
    await revokeFeed(other, { id: one?.id });
    expect(await listFeeds(ctx)).toHaveLength(5);
    await revokeFeed(ctx, { id: one?.id });
    await revokeFeed(ctx, { id: one?.id });
    const events = await world.db.auditRecord.findMany({ where: { actorId: ctx.actor.personId, event: { startsWith: "feed_" } } });
    expect(events.map(({ event }) => event).sort()).toEqual([...Array<string>(5).fill("feed_opened"), "feed_revoked"]);
    const passerBy = world.web(await makePerson(world.db));
    for (const act of [listFeeds(passerBy), openFeed(passerBy), revokeFeed(passerBy, { id: one?.id })]) expect(await refusal(act)).toBe("not_found request");
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { closeAllSessions } from "#lib/auth/close-all-sessions.ts";
import { closeSession } from "#lib/auth/close-session.ts";
import { openSession } from "#lib/auth/open-session.ts";
import { readSession } from "#lib/auth/read-session.ts";
import type { AccountState } from "#lib/db/generated/enums.ts";
import { webContext } from "#tests/fixtures/context.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { proofOf, testDoor, type TestDoor } from "./door.ts";

const MINUTE = 60_000;
let base: Awaited<ReturnType<typeof freshDb>>;
let door: TestDoor;
let turn = 0;
beforeAll(async () => {
  base = await freshDb();
});
afterAll(() => base.drop());
beforeEach(() => {
  door = testDoor(base.db);
});

/** A session whose account the worker has read, unless `state` is null. */
async function opened(state: AccountState | null = "active", mxid = `@someone-${++turn}:test.example`): Promise<string> {
  const { sessionId } = await openSession(door.ctx, proofOf(door, mxid));
  if (state) await read(sessionId, state);
  door.recorder.clear();
  return sessionId;
}

async function read(sessionId: string, accountState: AccountState): Promise<void> {
  const at = door.clock.now();
  const { personId } = await base.db.session.update({ where: { id: sessionId }, data: { checkedAt: at } });
  await base.db.person.update({ where: { id: personId }, data: { accountState, accountReadAt: at } });
}

const kind = async (sessionId: string) => (await readSession(door.ctx, sessionId)).kind;

describe("reading a session", () => {
  test("an unknown id is no session", async () => {
    expect(await kind("0190b1f2-0000-7000-8000-000000000000")).toBe("ended");
  });

  test("nothing is open before the worker has read the account, even if an older session was", async () => {
    const id = await opened(null);
    expect(await kind(id)).toBe("checking");
    await read(id, "active");
    expect(await kind(id)).toBe("open");
    const session = await base.db.session.findUniqueOrThrow({ where: { id }, include: { person: true } });
    const { sessionId } = await openSession(door.ctx, proofOf(door, session.person.mxid));
    expect(await kind(sessionId)).toBe("checking");
  });

  test.each(["active", "suspended"] as const)("%s accounts are let in", async (state) => {
    expect(await kind(await opened(state))).toBe("open");
  });

  test.each(["locked", "deactivated", "guest", "appservice", "unknown"] as const)("%s accounts are not, however often they ask", async (state) => {
    const id = await opened(state);
    expect(await readSession(door.ctx, id)).toEqual({ kind: "refused", state, sessionId: id });
    expect(await kind(id)).toBe("refused");
    await closeSession(door.ctx, id);
    expect(await kind(id)).toBe("ended");
  });

  test("an account that is locked later is noticed by an open session", async () => {
    const id = await opened();
    door.clock.advance(20 * MINUTE);
    expect(await kind(id)).toBe("open");
    expect(door.recorder.jobs).toEqual([{ queue: "account.read", data: { sessionId: id } }]);
    await read(id, "locked");
    expect(await kind(id)).toBe("refused");
  });

  test("several pages read at once ask for the account once", async () => {
    const id = await opened();
    door.clock.advance(20 * MINUTE);
    await Promise.all(Array.from({ length: 5 }, () => kind(id)));
    expect(door.recorder.jobs).toHaveLength(1);
  });

  test("ends after an hour without use, not while in use, and after twelve hours at the latest", async () => {
    const idle = await opened();
    door.clock.advance(61 * MINUTE);
    expect(await kind(idle)).toBe("ended");

    const used = await opened();
    for (let minutes = 0; minutes < 12 * 60 - 30; minutes += 30) {
      expect(await kind(used)).toBe("open");
      door.clock.advance(30 * MINUTE);
    }
    expect(await kind(used)).toBe("open");
    door.clock.advance(30 * MINUTE);
    expect(await kind(used)).toBe("ended");
  });

  test("who is an operator is a matter of exact bytes", async () => {
    const officer = await readSession(door.ctx, await opened("active", "@officer:test.example"));
    const twin = await readSession(door.ctx, await opened("active", "@Officer:test.example"));
    expect(officer).toMatchObject({ kind: "open", actor: { operator: true } });
    expect(twin).toMatchObject({ kind: "open", actor: { operator: false } });
  });
});

describe("closing sessions", () => {
  test("a closed session is over at once, is recorded, and closing again is nothing", async () => {
    const id = await opened();
    const before = await base.db.auditRecord.count({ where: { event: "session_closed" } });
    expect(await closeSession(door.ctx, id)).toBe(1);
    expect(await kind(id)).toBe("ended");
    expect(await closeSession(door.ctx, id)).toBe(0);
    expect(await base.db.auditRecord.count({ where: { event: "session_closed" } })).toBe(before + 1);
  });

  test("a read that began before the sign-out does not bring the session back", async () => {
    const id = await opened();
    door.clock.advance(10 * MINUTE);
    await Promise.all([readSession(door.ctx, id), closeSession(door.ctx, id)]);
    expect((await base.db.session.findUniqueOrThrow({ where: { id } })).revokedAt).not.toBeNull();
    expect(await kind(id)).toBe("ended");
  });

  test("everywhere means all of this person's and none of others'", async () => {
    const mine = [await opened("active", "@zoe:test.example"), await opened("active", "@zoe:test.example")];
    const theirs = await opened();
    const found = await readSession(door.ctx, mine[0] ?? "");
    if (found.kind !== "open") throw new Error("expected an open session");
    expect(await closeAllSessions(webContext(base.db, { ...door.ctx, actor: found.actor }))).toBe(2);
    expect(await Promise.all([...mine, theirs].map(kind))).toEqual(["ended", "ended", "open"]);
  });
});

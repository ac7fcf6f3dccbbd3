import { afterAll, beforeAll, expect, test } from "vitest";
import { checkBalance, ledgerTotals } from "#lib/export/ledger.ts";
import { kinds } from "#lib/kinds/all.ts";
import { countKinds } from "#lib/kinds/count.ts";
import type { Exclusion, LedgerRow } from "#lib/kinds/kind.ts";
import { messages } from "#lib/kinds/messages.ts";
import { rooms as roomsKind } from "#lib/kinds/rooms.ts";
import { hostileSynapse, rooms, subject, type Hostile } from "#tests/fixtures/hostile-synapse.ts";
import { rowsOf } from "#tests/fixtures/rows-of.ts";
import { everything, included, linesOf, look } from "./reading.ts";

let world: Hostile;
beforeAll(async () => {
  world = await hostileSynapse();
}, 120_000);
afterAll(() => world?.drop());

/** The same numbers by other means: sets of ids and one code after the other, in JavaScript. */
async function independent(candidates: string): Promise<Map<string, Record<string, number>>> {
  const ids = async (query: string) => new Set((await world.rows.client.query<{ id: string }>(query)).rows.map((row) => row.id));
  const rejected = await ids("SELECT event_id AS id FROM rejections UNION SELECT event_id FROM events WHERE rejection_reason IS NOT NULL");
  const { rows: metadata } = await world.rows.client.query<{ id: string; text: string }>("SELECT event_id AS id, internal_metadata AS text FROM event_json");
  const softFailed = new Set(metadata.filter((row) => (JSON.parse(row.text) as { soft_failed?: boolean }).soft_failed).map((row) => row.id));
  const { rows } = await world.rows.client.query<{ id: string; room: string; ordering: string }>(candidates, [subject]);
  const ledger = new Map<string, Record<string, number>>();
  for (const { id, room, ordering } of rows) {
    const code = ordering.startsWith("-") ? "BACKFILLED" : rejected.has(id) ? "REJECTED" : softFailed.has(id) ? "SOFT_FAILED" : "included";
    const line = ledger.get(room) ?? { candidates: 0 };
    ledger.set(room, { ...line, candidates: (line.candidates ?? 0) + 1, [code]: (line[code] ?? 0) + 1 });
  }
  return ledger;
}

const flat = (rows: readonly LedgerRow[]) =>
  new Map(rows.filter((row) => row.room !== null).map((row) => [row.room as string, { candidates: row.candidates, ...(row.included > 0 ? { included: row.included } : {}), ...row.excluded }]));

test("messages: by room, equal to an independent count", async () => {
  const ledger = await look(world.reader, subject, (source) => messages.tally(source));
  expect(flat(ledger)).toEqual(await independent("SELECT event_id AS id, room_id AS room, stream_ordering::text AS ordering FROM events WHERE sender = $1"));
  expect(ledger.find((row) => row.room === rooms.history)).toEqual({
    kind: "messages", room: rooms.history, candidates: 2, included: 0, tombstones: 0, excluded: { BACKFILLED: 2 } satisfies Partial<Record<Exclusion, number>>,
  });
  expect(ledgerTotals(ledger).tombstones).toBe(5);
});

test("memberships by others: by room, equal to an independent count", async () => {
  const ledger = await look(world.reader, subject, (source) => roomsKind.tally(source));
  expect(flat(ledger)).toEqual(
    await independent("SELECT event_id AS id, room_id AS room, stream_ordering::text AS ordering FROM events WHERE type = 'm.room.member' AND state_key = $1 AND sender <> state_key"),
  );
  // Rooms listed: live, mixed and forgotten; the one known by history alone is counted.
  expect(ledger[0]).toEqual({ kind: "rooms", room: null, candidates: 4, included: 3, tombstones: 0, excluded: { BACKFILLED: 1 } });
});

test("every kind balances, and yields exactly as many lines and rows as it counted", async () => {
  await look(world.reader, subject, async (source) => {
    for (const kind of kinds) {
      const ledger = await kind.tally(source);
      checkBalance(ledger);
      expect([kind.id, (await linesOf(kind, source)).length]).toEqual([kind.id, included(ledger)]);
      expect([kind.id, (await Array.fromAsync(rowsOf(kind, source))).length]).toEqual([kind.id, included(ledger)]);
    }
  });
});

test("the preview counts what a package would hold, of the kinds asked for", async () => {
  const counts = await look(world.reader, subject, (source) => countKinds({ ...source, scope: { ...everything, kinds: ["messages", "account"] } }));
  expect(Object.keys(counts)).toEqual(["account", "messages"]);
  expect(counts.account).toEqual({ rows: 1, bytes: 250 });
  expect(counts.messages?.rows).toBe((await look(world.reader, subject, (source) => linesOf(messages, source))).length);
  expect(counts.messages?.bytes).toBeGreaterThan(1000);
});

test("somebody with nothing at all has an empty ledger, no lines and no failure (D16)", async () => {
  await look(world.reader, "@nobody:example.org" as typeof subject, async (look) => {
    const source = { ...look, portal: [] };
    for (const kind of kinds) {
      expect(included(await kind.tally(source))).toBe(0);
      expect(await linesOf(kind, source)).toEqual([]);
    }
  });
});

import { expect, test } from "vitest";
import { checkBalance, ledgerCells, ledgerColumns, ledgerTotals } from "#lib/export/ledger.ts";
import type { LedgerRow } from "#lib/kinds/kind.ts";
import type { RoomId } from "#lib/matrix/homeserver.ts";

const row = (more: Partial<LedgerRow> = {}): LedgerRow => ({
  kind: "messages", room: "!a:example.org" as RoomId, candidates: 10, included: 6, tombstones: 2, excluded: { BACKFILLED: 3, OUT_OF_RANGE: 1 }, ...more,
});

test("a ledger that adds up passes", () => {
  expect(() => checkBalance([row(), row({ room: null }), row({ kind: "rooms" })])).not.toThrow();
  expect(() => checkBalance([])).not.toThrow();
});

test.each([
  ["a row lost", row({ candidates: 11 })],
  ["a row too many", row({ included: 7 })],
  ["a reason forgotten", row({ excluded: { BACKFILLED: 3 } })],
  ["more tombstones than rows", row({ tombstones: 7 })],
  ["less than none", row({ candidates: 2, included: -1, tombstones: -1, excluded: { BACKFILLED: 3 } })],
  ["no number", row({ candidates: Number.NaN })],
])("refuses %s", (_, wrong) => {
  expect(() => checkBalance([row({ room: null }), wrong])).toThrow("does not balance");
});

test("refuses a room counted twice, and names none", () => {
  expect(() => checkBalance([row(), row()])).toThrow("the scope ledger of messages does not balance: a room twice");
});

test("a line has a cell for every column, zeros included", () => {
  expect(ledgerColumns.map(({ name }) => name)).toEqual(["kind", "room", "candidates", "included", "tombstones", "BACKFILLED", "REJECTED", "SOFT_FAILED", "OUT_OF_RANGE"]);
  expect(ledgerCells(row())).toEqual(["messages", "!a:example.org", 10, 6, 2, 3, 0, 0, 1]);
});

test("sums every column", () => {
  expect(ledgerTotals([row(), row({ room: null, candidates: 1, included: 1, tombstones: 0, excluded: {} })])).toEqual({
    candidates: 11, included: 7, tombstones: 2, excluded: { BACKFILLED: 3, REJECTED: 0, SOFT_FAILED: 0, OUT_OF_RANGE: 1 },
  });
});

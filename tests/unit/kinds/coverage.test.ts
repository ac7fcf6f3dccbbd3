import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { kindById, kinds } from "#lib/kinds/all.ts";
import { leftOut } from "#lib/kinds/catalogue.ts";
import { erasureOf } from "#lib/kinds/erasure-of.ts";
import { erasures, kindGroups, kindIds, type Note, retentions, withheldReasons } from "#lib/kinds/kind.ts";
import { messagesFor } from "#lib/messages/messages.ts";
import { granted, reads, secrets } from "#lib/synapse-db/reads.ts";
import { required } from "#lib/synapse-db/required.ts";
import type { RoleProblemCode } from "#lib/synapse-db/check-role.ts";

const sorted = (lists: Readonly<Record<string, Iterable<string>>>) => Object.fromEntries(Object.entries(lists).map(([table, columns]) => [table, [...columns].sort()]));

test("every kind is there, in the order of the package", () => {
  expect(kinds.map((kind) => kind.id)).toEqual(kindIds);
  expect(kindById("media").id).toBe("media");
});

test("what the kinds read is exactly the list of what a copy needs", () => {
  const covered: Record<string, Set<string>> = {};
  for (const { table, columns } of kinds.flatMap((kind) => kind.covers)) covered[table] = new Set([...(covered[table] ?? []), ...columns]);
  expect(sorted(covered)).toEqual(sorted(reads));
});

test("grants.sql grants exactly that and what the look after an erasure needs", async () => {
  const text = await readFile("lib/synapse-db/grants.sql", "utf8");
  const found = [...text.matchAll(/^ {6}\('(\w+)', ARRAY\[(.*)\]\),?$/gm)].map(([, table, columns]) => [table, columns?.replaceAll("'", "").split(", ")]);
  expect(Object.fromEntries(found)).toEqual(granted);
});

test("nothing secret is read, and nothing that is left out", () => {
  for (const [table, column] of secrets) expect([table, column, column === null ? granted[table] : granted[table]?.includes(column)]).toEqual([table, column, column === null ? undefined : granted[table] ? false : undefined]);
  for (const { table, columns, stripped } of kinds.flatMap((kind) => kind.covers)) {
    for (const column of Object.keys(stripped ?? {})) expect([table, columns.includes(column)]).toEqual([table, false]);
  }
});

test("no look can do without messages and memberships; a younger column may be missing", () => {
  expect(required).toEqual(expect.arrayContaining(["events.stream_ordering", "event_json.internal_metadata", "room_memberships.user_id"]));
  expect(required).not.toContain("redactions.recheck");
});

test("what is left out is known, and read by no kind", () => {
  const given = new Set(kinds.flatMap((kind) => kind.covers).map(({ table }) => table));
  const tables = leftOut.map(({ table }) => table);
  expect(tables.filter((table) => given.has(table))).toEqual([]);
  expect(tables.length).toBe(new Set(tables).size);
  for (const { table, ids, texts } of leftOut) expect([table, [...ids, ...texts].length]).toEqual([table, new Set([...ids, ...texts]).size]);
});

test("every kind, note and problem has its words", () => {
  const words = messagesFor("en").kinds as Record<string, Record<string, string>>;
  const needed = ["kept", "title", "what", "why"];
  for (const id of kindIds) expect([id, Object.keys(words[id] ?? {}).filter((key) => key !== "erased" && key !== "stays").sort()]).toEqual([id, needed]);
  const notes: readonly Note["code"][] = ["table_missing", "column_missing"];
  expect(Object.keys(words.notes ?? {})).toEqual(notes);
  const problems: readonly RoleProblemCode[] = ["not_synapse", "column_missing", "superuser", "can_write", "secret_readable", "not_readable", "refused"];
  expect(Object.keys(words.role ?? {})).toEqual(problems);
  expect(Object.keys(words.groups ?? {})).toEqual(kindGroups);
  expect(Object.keys(words.retention ?? {})).toEqual(retentions);
  expect(Object.keys(words.erasure ?? {})).toEqual(erasures);
  expect(Object.keys(words.withheld ?? {})).toEqual(withheldReasons);
});

test("of each kind it is said what deleting the account removes and what stays, as its tables have it", () => {
  const words = messagesFor("en").kinds as Record<string, Record<string, string>>;
  for (const kind of kinds.filter((one) => one.covers.length > 0)) {
    const extent = erasureOf(kind);
    expect([kind.id, words[kind.id]?.erased === undefined]).toEqual([kind.id, extent === "nothing"]);
    expect([kind.id, extent === "everything" || words[kind.id]?.stays !== undefined]).toEqual([kind.id, true]);
  }
});

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { residueRules } from "#lib/erasure/residue-rules.ts";
import { traces } from "#lib/erasure/residue.ts";
import { slicedTables } from "#lib/erasure/rules/count.ts";
import { formsOf } from "#lib/erasure/rules/needles.ts";
import { reasonOf, reasons, type ReasonCode } from "#lib/erasure/rules/reasons.ts";
import { columnsOf } from "#lib/erasure/rules/rule.ts";
import { namesNobody, unread } from "#lib/erasure/rules/unread.ts";
import { stayCodes } from "#lib/erasure/stays.ts";
import { leftOut } from "#lib/kinds/catalogue.ts";
import { classified } from "#lib/kinds/classified.ts";
import { messagesFor, type Messages } from "#lib/messages/messages.ts";
import { granted, reads, residueReads, secrets } from "#lib/synapse-db/reads.ts";

const decided = new Map([...residueRules, ...unread].map(({ table }) => [table, true]));
const aboutNobody = new Set(leftOut.filter(({ erasure }) => erasure === null).map(({ table }) => table));

test("of every table of Synapse it is decided what may be left in it", () => {
  const open = [...classified().keys()].filter((table) => !decided.has(table) && !namesNobody.includes(table) && !aboutNobody.has(table));
  expect(open).toEqual([]);
  expect(classified().size).toBe(176 + 3);
  expect(namesNobody.filter((table) => decided.has(table) || !classified().has(table))).toEqual([]);
});

test("every column the catalogue knows to hold a Matrix ID is looked at, or said to be unreadable", () => {
  const looked = new Set([...residueRules, ...unread].map(({ table, column }) => `${table}.${column}`));
  // Rows of search vectors are known by their event or their person.
  const otherwise = ["user_directory_search.vector"];
  const missing = leftOut.filter(({ table }) => !aboutNobody.has(table)).flatMap(({ table, ids }) => ids.map((id) => `${table}.${id}`));
  expect(missing.filter((name) => !looked.has(name) && !otherwise.includes(name))).toEqual([]);
});

test("a table that names nobody has no column that could name somebody", () => {
  const ids = new Map(leftOut.map((one) => [one.table, one.ids]));
  expect(namesNobody.filter((table) => (ids.get(table) ?? []).length > 0)).toEqual([]);
});

test("what the rules read is exactly what is granted for them beside the kinds", () => {
  const needed = new Map<string, Set<string>>();
  const need = (table: string, columns: readonly string[]) => needed.set(table, new Set([...(needed.get(table) ?? []), ...columns.filter((column) => !reads[table]?.includes(column))]));
  for (const rule of residueRules) need(rule.table, columnsOf(rule));
  for (const table of slicedTables) need(table, ["ctid"]);
  // What the plan and some rules ask of other tables.
  need("current_state_events", ["event_id", "room_id", "type", "state_key", "membership"]);
  need("event_relations", ["event_id", "relates_to_id", "relation_type"]);
  const sorted = (lists: Iterable<readonly [string, Iterable<string>]>) => Object.fromEntries([...lists].map(([table, columns]) => [table, [...columns].sort()] as const).filter(([, columns]) => columns.length > 0));
  expect(sorted(needed)).toEqual(sorted(Object.entries(residueReads)));
});

test("nothing is called unreadable that is granted", () => {
  expect(unread.filter(({ table, column }) => granted[table]?.includes(column))).toEqual([]);
  const secret = secrets.filter(([, column]) => column === null).map(([table]) => table);
  expect(secret.filter((table) => !decided.has(table) && !namesNobody.includes(table) && !aboutNobody.has(table))).toEqual([]);
});

test("every reason is used, has its words, and names a statement that is there or a ground or an end", () => {
  const words = (messagesFor("en")["erasure"] as Messages)["residue"] as Messages;
  const used = new Set<string>([...residueRules, ...unread].map(({ why }) => why ?? ""));
  const ofRun = ["messages", "too_old", "not_redacted", "censored_soon", "hidden_by_ban", "media_unseen"];
  expect((Object.keys(reasons) as ReasonCode[]).filter((code) => !used.has(code) && !ofRun.includes(code))).toEqual([]);
  expect(Object.keys(words).sort()).toEqual([...Object.keys(reasons), "unexpected", "unmapped"].sort());
  const statements = readdirSync("lib/erasure/residue-sql").map((file) => file.replace(/\.sql$/, ""));
  expect(Object.values(reasons).map(({ sql }) => sql).filter((name) => name !== null).sort()).toEqual(statements.sort());
  for (const code of Object.keys(reasons).filter((one) => one !== "media_unseen")) {
    const { law, sql, days } = reasonOf(code);
    expect([code, [law, sql, days].filter((one) => one !== null).length]).toEqual([code, 1]);
  }
});

test("every statement says what it removes, why, and how to look first, and is one transaction", () => {
  for (const file of readdirSync("lib/erasure/residue-sql")) {
    const text = readFileSync(`lib/erasure/residue-sql/${file}`, "utf8");
    expect([file, /^-- Removes: /.test(text), /^-- Review: SELECT /m.test(text), text.includes(`-f ${file}`)]).toEqual([file, true, true, true]);
    const body = text.split("\n").filter((line) => !line.startsWith("--")).join("\n").trim();
    expect([file, body.startsWith("BEGIN;"), body.endsWith("COMMIT;")]).toEqual([file, true, true]);
    expect([file, body.match(/:'(mxid|address)'/g)?.length ?? 0]).not.toEqual([file, 0]);
    // Quoted by psql; anything else would be spliced in as SQL.
    expect([file, /[^:]:(mxid|address)\b/.test(body)]).toEqual([file, false]);
  }
});

test("every trace is looked for, and every code of the plan has its words", () => {
  expect(traces.filter((trace) => !residueRules.some((rule) => rule.trace === trace))).toEqual([]);
  expect(Object.keys((messagesFor("en")["erasure"] as Messages)["stays"] as Messages)).toEqual(expect.arrayContaining([...stayCodes]));
});

test("a text is looked for as it stands, and as JSON may write it", () => {
  expect(formsOf('Åke "X"')).toEqual(['Åke "X"', 'Åke \\"X\\"', '\\u00c5ke \\"X\\"']);
  expect(formsOf("ab")).toEqual([]);
});

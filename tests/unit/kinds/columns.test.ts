import { expect, test } from "vitest";
import { ledgerColumns } from "#lib/export/ledger.ts";
import { mediaIndexColumns } from "#lib/export/write-media.ts";
import { kinds } from "#lib/kinds/all.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";
import { messagesFor, type Messages } from "#lib/messages/messages.ts";

const tables = [...kinds.map((kind) => [kind.id, kind.csv.columns] as const), ["scope-ledger", ledgerColumns] as const, ["media-files", mediaIndexColumns] as const];

test.each(tables)("every column of %s has words, and stands there once", (_table, columns) => {
  const words = messagesFor("en").columns as Messages;
  expect(columns.map(({ name }) => name).filter((name) => typeof words[name] !== "string")).toEqual([]);
  expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
});

test("parts of a kind that mean different things by one column are refused", () => {
  const part = (as: "text" | "integer") => ({ record: as, table: "t", key: "k", order: ["k"], fields: [{ name: "n", as }], erasure: "synapse" as const });
  expect(() => tableKind({ id: "account", group: "who", basis: "contract", retention: "account", portable: true }, [part("text"), part("integer")])).toThrow(TypeError);
});

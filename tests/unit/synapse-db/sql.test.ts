import { expect, test } from "vitest";
import { identifier, inline, join, sql } from "#lib/synapse-db/sql.ts";
import { translate } from "#lib/synapse-db/unavailable.ts";
import { SynapseDbUnavailable, SynapseDbUnfit } from "#lib/synapse-db/synapse-db.ts";

test("a value becomes a bind, a fragment brings its own", () => {
  const inner = sql`a = ${1} AND b = ${"x"}`;
  expect(sql`SELECT ${true} WHERE ${inner} OR ${inner} LIMIT ${5n}`).toEqual({
    text: "SELECT $1 WHERE a = $2 AND b = $3 OR a = $4 AND b = $5 LIMIT $6",
    values: [true, 1, "x", 1, "x", 5n],
  });
});

test("joins fragments, none to nothing", () => {
  expect(join([sql`${1}`, sql`b`, sql`${2}`], ", ")).toEqual({ text: "$1, b, $2", values: [1, 2] });
  expect(join([], ", ")).toEqual({ text: "", values: [] });
});

test("writes values as literals, in one pass: a value that looks like a bind stays a value", () => {
  expect(inline(sql`${"$2"} ${"it's"} ${"back\\slash"} ${null} ${7}`)).toBe(`'$2' 'it''s'  E'back\\\\slash' NULL '7'`);
});

test("more than nine binds keep their places", () => {
  const many = join(Array.from({ length: 12 }, (_, index) => sql`${index}`), " ");
  expect(inline(sql`${"first"} ${many}`)).toBe(`'first' ${Array.from({ length: 12 }, (_, index) => `'${index}'`).join(" ")}`);
});

test.each(["a\0b", "\ud800", Number.NaN, Number.POSITIVE_INFINITY, undefined] as never[])(
  "refuses what PostgreSQL could not hold (case %#)",
  (value) => {
    expect(() => sql`${value}`).toThrow(TypeError);
  },
);

test.each(['a"b', "a b", "Users", "1a", ""])("%j is no name of ours", (name) => {
  expect(() => identifier(name)).toThrow("not an identifier");
});

test.each(["08006", "57P01", "57014", "53300", "40001", "55P03", "25P03", "58030", "ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOTFOUND", "ETIMEDOUT"])(
  "%s means: not now",
  (code) => {
    expect(translate(Object.assign(new Error("x"), { code }))).toBeInstanceOf(SynapseDbUnavailable);
  },
);

test("connection errors without a code mean: not now", () => {
  expect(translate(new Error("Connection terminated unexpectedly"))).toBeInstanceOf(SynapseDbUnavailable);
  expect(translate(new AggregateError([Object.assign(new Error("x"), { code: "ECONNREFUSED" })]))).toBeInstanceOf(SynapseDbUnavailable);
});

test.each(["42501", "42P01", "42703", "3D000", "28P01"])("%s means: cannot be used as it is", (code) => {
  expect(translate(Object.assign(new Error("x"), { code }))).toMatchObject({ name: "SynapseDbUnfit", reason: code });
});

test("what is neither stays what it is, and what is ours already too", () => {
  for (const error of [new TypeError("a bug"), Object.assign(new Error("x"), { code: "22P05" }), new SynapseDbUnfit("not_synapse"), "text"]) expect(translate(error)).toBe(error);
});

import { parse } from "csv-parse/sync";
import { beforeEach, describe, expect, test } from "vitest";
import { unguard } from "#lib/export/csv.ts";
import { exportRegister, type RegisterInput } from "#lib/reports/register.ts";
import { recordOfProcessing } from "#lib/reports/record-of-processing.ts";
import { languageTags } from "#lib/messages/languages.ts";
import type { WebContext } from "#lib/context.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld, refusal } from "#tests/integration/requests/world.ts";

const world = openWorld();
beforeEach(async () => {
  world.reset();
  await world.db.request.deleteMany();
});

const none = { from: "", to: "", names: null };
async function rowsOf(ctx: WebContext, input: RegisterInput = none): Promise<Record<string, string>[]> {
  const { bytes, rows } = await exportRegister(ctx, input);
  const text = Buffer.concat(await Array.fromAsync(bytes)).toString();
  const parsed = parse(text, { columns: true });
  expect(parsed.length).toBe(rows);
  return parsed as Record<string, string>[];
}

describe("the register", () => {
  const at = (text: string) => new Date(text);
  let n = 0;
  async function some() {
    const person = await makePerson(world.db, { mxid: `@=cmd|${(n += 1)}:test.example` });
    // 23:30 in Berlin on the last of January is still January there.
    const { id: requestId } = await makeRequest(world.db, person.personId, { state: "denied", receivedAt: at("2026-01-31T22:30:00Z"), dueOn: at("2026-03-09"), decidedAt: at("2026-02-10T08:00:00Z"), closedAt: at("2026-02-10T08:00:00Z"), denialReason: "identity_not_proven" });
    const officer = await makePerson(world.db, { role: "operator" });
    await world.db.enquiry.create({ data: { requestId, about: "identity", pauses: true, question: "q", doubt: "d", askedAt: at("2026-02-02T08:00:00Z"), askedById: officer.personId, endedAt: at("2026-02-09T08:00:00Z"), ended: "answered" } });
    await makeRequest(world.db, (await makePerson(world.db)).personId, { state: "review", receivedAt: at("2026-02-01T08:00:00Z"), dueOn: at("2026-03-02"), via: "letter" });
    return { officer: world.web(officer), person };
  }

  test("says of each request when it came, what moved its date and what came of it, in days of the controller", async () => {
    const { officer } = await some();
    expect(await rowsOf(officer)).toMatchObject([
      { kind: "export", via: "portal", state: "denied", received: "2026-01-31", due: "2026-03-09", paused_days: "7", decided: "2026-02-10", closed: "2026-02-10", outcome: "identity_not_proven", days_taken: "10" },
      { via: "letter", state: "review", received: "2026-02-01", closed: "", outcome: "", days_taken: "" },
    ]);
    expect((await rowsOf(officer, { ...none, from: "2026-02-01" })).map(({ received }) => received)).toEqual(["2026-02-01"]);
    expect((await rowsOf(officer, { ...none, to: "2026-01-31" })).map(({ received }) => received)).toEqual(["2026-01-31"]);
  });

  test("names nobody unless somebody who decides asks for it; that they did is recorded", async () => {
    const { officer, person } = await some();
    const [without] = await rowsOf(officer);
    expect(Object.keys(without ?? {})).not.toContain("matrix_id");
    const [with_] = await rowsOf(officer, { ...none, names: "on" });
    // Not a formula for a table program, and the original comes back.
    expect(with_?.["matrix_id"]).toBe(`'${person.mxid}`);
    expect(unguard(with_?.["matrix_id"] ?? "")).toBe(person.mxid);
    const records = await world.db.auditRecord.findMany({ where: { event: "register_exported", actorId: officer.actor.personId }, orderBy: { seq: "asc" } });
    expect(records.map(({ data, actorId }) => ({ data, actorId }))).toEqual([
      { data: { rows: 2, names: false }, actorId: officer.actor.personId },
      { data: { rows: 2, names: true }, actorId: officer.actor.personId },
    ]);
    const auditor = world.web(await makePerson(world.db, { role: "auditor" }));
    expect(await refusal(exportRegister(auditor, { ...none, names: "on" }))).toBe("forbidden role_looks");
    await rowsOf(auditor);
  });

  test("is for the desk, and says which day it cannot read", async () => {
    const { officer, person } = await some();
    expect(await refusal(exportRegister(world.web(person), none))).toBe("not_found request");
    expect(await refusal(exportRegister(officer, { ...none, from: "31.1.2026" }))).toBe("invalid date_format");
    expect(await refusal(exportRegister(officer, { ...none, from: "2026-02-02", to: "2026-02-01" }))).toBe("invalid date_order");
  });

  test("of many requests comes whole, in order, a part at a time", async () => {
    const { officer } = await some();
    const { personId } = await makePerson(world.db);
    await world.db.$executeRaw`
      INSERT INTO "Request" (id, reference, kind, state, "personId", scope, "receivedAt", "dueOn", "dueAt")
      SELECT gen_random_uuid(), 'Q' || lpad(n::text, 7, '0'), 'export', 'fulfilled', ${personId}::uuid, '{}', timestamptz '2026-03-01' + (n / 3) * interval '1 hour', date '2026-12-21', now() FROM generate_series(1, 1700) AS n`;
    const rows = await rowsOf(officer);
    expect(new Set(rows.map(({ reference }) => reference)).size).toBe(1702);
    expect(rows.map(({ received }) => received)).toEqual(rows.map(({ received }) => received).toSorted());
  });
});

test.each(languageTags)("the record of processing has all seven parts of Art. 30(1), in %s", (locale) => {
  const { parts } = recordOfProcessing(testPolicy, locale, { idle: 60, hours: 12 });
  expect(parts.map(({ letter }) => letter).join("")).toBe("abcdefg");
  for (const { texts, entries } of parts) expect(texts.length + entries.length).toBeGreaterThan(0);
  const text = JSON.stringify(parts);
  for (const fact of [testPolicy.controller.name, testPolicy.dpoMail, testPolicy.authority.url]) expect(text).toContain(fact);
});

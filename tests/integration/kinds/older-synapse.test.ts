import { afterAll, beforeAll, expect, test } from "vitest";
import { kindById, kinds } from "#lib/kinds/all.ts";
import { messages } from "#lib/kinds/messages.ts";
import { hostileSynapse, subject, type Hostile } from "#tests/fixtures/hostile-synapse.ts";
import { csvOf, included, linesOf, look } from "./reading.ts";

/** Tables and columns an older Synapse has not got yet. */
let world: Hostile;
beforeAll(async () => {
  world = await hostileSynapse();
  await world.rows.client.query(`
    DROP TABLE user_reports, room_ban_redactions CASCADE;
    ALTER TABLE redactions DROP COLUMN recheck;
    ALTER TABLE users DROP COLUMN suspended, DROP COLUMN approved;
    ALTER TABLE local_media_repository DROP COLUMN sha256`);
}, 120_000);
afterAll(() => world?.drop());

test("what is missing is noted and everything else is given", async () => {
  await look(world.reader, subject, async (source) => {
    const notes = [];
    for (const kind of kinds) {
      notes.push(...(await kind.notes(source)));
      const count = included(await kind.tally(source));
      expect([kind.id, (await linesOf(kind, source)).length]).toEqual([kind.id, count]);
      expect([kind.id, (await csvOf(kind, source)).length]).toEqual([kind.id, count]);
    }
    expect(notes).toEqual([
      { code: "column_missing", table: "users", column: "suspended" },
      { code: "column_missing", table: "users", column: "approved" },
      { code: "column_missing", table: "local_media_repository", column: "sha256" },
      { code: "table_missing", table: "user_reports" },
      { code: "table_missing", table: "user_reports" },
    ]);
  });
});

test("a line has only the columns there are, the table keeps its shape", async () => {
  await look(world.reader, subject, async (source) => {
    const account = kindById("account");
    expect(JSON.parse((await linesOf(account, source))[0] ?? "")).not.toHaveProperty("suspended");
    expect((await csvOf(account, source))[0]).toHaveProperty("suspended", null);
  });
});

test("without its column every redaction is checked again at reading", async () => {
  const lines = await look(world.reader, subject, (source) => linesOf(messages, source));
  const redacted = lines.filter((line) => line.includes('"redacted":true')).map((line) => (JSON.parse(line) as { event_id: string }).event_id);
  expect(redacted.sort()).toEqual(["$redacted-moderator", "$redacted-other", "$redacted-rechecked", "$redacted-self"]);
});

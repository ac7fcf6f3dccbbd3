import { beforeAll, expect, test } from "vitest";
import { checkBalance } from "#lib/export/ledger.ts";
import { backfilledOwn } from "#lib/kinds/backfilled-own.ts";
import type { Source } from "#lib/kinds/kind.ts";
import { messages } from "#lib/kinds/messages.ts";
import { emptySynapse } from "#tests/fixtures/empty-synapse.ts";
import { oddTexts, subject } from "#tests/fixtures/hostile-synapse.ts";
import { csvOf, linesOf, look } from "./reading.ts";

// D02: live, fetched, outlying, rejected, soft-failed and redacted rows of one person, in one room at once.
const room = "!mixed:example.org";
const other = "@bob:example.org";
/** One letter's case, a space at the end, a longer server: none of them is the subject. */
const lookalikes = [subject.replace("Alice", "alice"), `${subject} `, `${subject}.evil`, subject.replace("%", "x"), subject.normalize("NFKD").toUpperCase()];

const database = emptySynapse();
let lines: string[];
const ids = (found: readonly string[]) => found.map((line) => (JSON.parse(line) as { event_id: string }).event_id);
const read = <T>(work: (source: Source) => Promise<T>, scope = {}) => look(database.reader, subject, work, scope);
const parsed = (id: string) => JSON.parse(lines.find((line) => line.startsWith(`{"event_id":"${id}"`)) ?? "null") as Record<string, unknown> | null;

beforeAll(async () => {
  const { event, member, redact, client } = database.rows;
  const mine = (eventId: string, streamOrdering: number | undefined, given = {}) =>
    event({ sender: subject, roomId: room, eventId, ...(streamOrdering === undefined ? {} : { streamOrdering }), ...given });
  await mine("$live", undefined);
  await mine("$live-outlier", undefined, { outlier: true });
  await mine("$fetched-late", -11, { sentAt: 1_700_000_900_000 });
  await mine("$fetched-early", -99, { sentAt: 1_700_000_100_000 });
  await mine("$fetched-outlier", -12, { outlier: true });
  // An outlier that backfill reached later keeps the ordering it had first, whichever sign, and is no outlier any more.
  for (const [id, ordering] of [["$deoutliered", -13], ["$deoutliered-live", undefined]] as const) {
    await mine(id, ordering, { outlier: true });
    await client.query("UPDATE events SET outlier = FALSE WHERE event_id = $1", [id]);
  }
  await mine("$fetched-rejected", -14, { rejected: true, metadata: '{"soft_failed":true}' });
  await mine("$fetched-rejected-long-ago", -15, { rejected: "table" });
  await mine("$fetched-soft-failed", -16, { metadata: '{"soft_failed":true}' });
  await mine("$fetched-old", -17, { sentAt: 1_500_000_000_000 });
  await redact(await mine("$fetched-redacted", -18, { content: { body: "GONE" } }), subject);
  await redact(await mine("$fetched-moderated", -19, { content: { body: "GONE" } }), other, { censored: true });
  for (const [index, [name, json]] of Object.entries(oddTexts).entries()) await mine(`$odd-${name}`, -30 - index, { json });
  await member({ sender: subject, stateKey: subject, membership: "join", roomId: room, streamOrdering: -50, eventId: "$own-join" });
  await member({ sender: subject, stateKey: other, membership: "invite", roomId: room, streamOrdering: -51, eventId: "$own-invite",
    json: JSON.stringify({ type: "m.room.member", sender: subject, state_key: other, content: { membership: "invite", displayname: "CANARY", reason: "come in" } }) });
  for (const sender of [other, ...lookalikes]) {
    await event({ sender, roomId: room, streamOrdering: -300 - lookalikes.indexOf(sender), content: { body: `CANARY about ${subject}` } });
    await member({ sender, stateKey: subject, membership: "leave", roomId: room, streamOrdering: -400 - lookalikes.indexOf(sender), content: { reason: "CANARY" } });
  }
  lines = await read((source) => linesOf(backfilledOwn, source));
}, 120_000);

test("exactly the subject's own fetched events, byte for byte the same sender, as an independent query finds them", async () => {
  const { rows: expected } = await database.rows.client.query<{ event_id: string }>(
    `SELECT event_id FROM events WHERE convert_to(sender, 'UTF8') = convert_to($1, 'UTF8') AND stream_ordering < 0 AND rejection_reason IS NULL
      AND event_id NOT IN (SELECT event_id FROM rejections) AND event_id <> '$fetched-soft-failed'`,
    [subject],
  );
  expect([...ids(lines)].sort()).toEqual(expected.map((row) => row.event_id).sort());
  expect(lines.length).toBeGreaterThan(14);
  expect(lines.join("\n")).not.toMatch(/CANARY|GONE/);
  expect(JSON.stringify(await read((source) => csvOf(backfilledOwn, source)))).not.toMatch(/CANARY|GONE/);
});

test("every line says that it was fetched back, and its ordering; tombstones too", async () => {
  for (const line of lines) {
    const { event_id } = JSON.parse(line) as { event_id: string };
    const { rows: [stored] } = await database.rows.client.query<{ stream_ordering: string }>("SELECT stream_ordering FROM events WHERE event_id = $1", [event_id]);
    expect(line.startsWith(`{"event_id":${JSON.stringify(event_id)},"room_id":"${room}","stream_ordering":${stored?.stream_ordering},"backfilled":true,`)).toBe(true);
  }
  expect(parsed("$fetched-redacted")).toEqual({
    event_id: "$fetched-redacted", room_id: room, stream_ordering: -18, backfilled: true, sender: subject, type: "m.room.message", origin_server_ts: expect.any(Number) as number,
    redacted: true, redacted_by: "self", redacted_at: expect.any(Number) as number, content_held: true,
  });
  expect(parsed("$fetched-moderated")).toMatchObject({ redacted_by: "other", content_held: false });
  expect((await read((source) => csvOf(backfilledOwn, source))).every((row) => row["backfilled"] === true)).toBe(true);
});

test.each(["nul", "numbers", "deep", "fakeKeys", "copyEnd"] as const)("passes %s as the database has it", (name) => {
  const line = lines.find((each) => each.startsWith(`{"event_id":"$odd-${name}"`)) ?? "";
  expect(line.slice(line.indexOf(',"event":') + 9, -1)).toBe(oddTexts[name]);
});

test.each(["controls", "tab"] as const)("carries raw control characters (%s) in base 64, byte for byte", (name) => {
  expect(Buffer.from(String(parsed(`$odd-${name}`)?.["event_base64"]), "base64").toString()).toBe(oddTexts[name]);
});

test("what the subject did to others keeps their names out; what others did to the subject is not here", () => {
  expect(parsed("$own-invite")).toMatchObject({ cut: ["content.displayname"], event: { content: { membership: "invite", reason: "come in" } } });
  expect(parsed("$own-join")).not.toBeNull();
});

test("an outlier stays where its ordering puts it, also after it is one no more", async () => {
  const live = ids(await read((source) => linesOf(messages, source)));
  expect(live).toEqual(expect.arrayContaining(["$live", "$live-outlier", "$deoutliered-live"]));
  expect(ids(lines)).toEqual(expect.arrayContaining(["$fetched-outlier", "$deoutliered"]));
  expect(live.filter((id) => ids(lines).includes(id))).toEqual([]);
});

test("goes by the time of sending, since the order of fetching says nothing; the table is in the same order", async () => {
  const order = ids(lines);
  expect(order.indexOf("$fetched-early")).toBeLessThan(order.indexOf("$fetched-late"));
  expect((await read((source) => csvOf(backfilledOwn, source))).map((row) => row["event_id"])).toEqual(order);
});

test("has ledger rows of its own, with the later reasons, that balance; among the messages the same rows stay BACKFILLED", async () => {
  const { rows: [count] } = await database.rows.client.query<{ n: string }>("SELECT count(*) AS n FROM events WHERE sender = $1 AND stream_ordering < 0", [subject]);
  const own = await read((source) => backfilledOwn.tally(source));
  checkBalance(own);
  expect(own).toEqual([{
    kind: "backfilled_own", room, candidates: Number(count?.n), included: lines.length, tombstones: 2, excluded: { REJECTED: 2, SOFT_FAILED: 1 },
  }]);
  const ranged = await read((source) => backfilledOwn.tally(source), { from: "2020-01-01" });
  expect(ranged).toMatchObject([{ candidates: Number(count?.n), included: lines.length - 1, excluded: { OUT_OF_RANGE: 1 } }]);
  expect(await read((source) => linesOf(backfilledOwn, source), { from: "2020-01-01" })).toHaveLength(lines.length - 1);
  const sent = await read((source) => messages.tally(source));
  expect(sent.find((row) => row.room === room)?.excluded.BACKFILLED).toBe(Number(count?.n));
});

import { expect, test } from "vitest";
import { messages } from "#lib/kinds/messages.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { emptySynapse } from "#tests/fixtures/empty-synapse.ts";
import { linesOf, look } from "./reading.ts";

const subject = "@alice:example.org" as Mxid;
const database = emptySynapse();

/** What Synapse or an older one of it stored, or nobody should have; and the device a line names. */
const stored: readonly (readonly [metadata: string, device: string | undefined])[] = [
  ['{"token_id":7,"device_id":"ABC","txn_id":"m1"}', "ABC"],
  ['{"device_id": "ABC", "txn_id": "m1"}', "ABC"],
  ['{"device_id" : "ABC"}', "ABC"],
  ['{"device_id":""}', ""],
  ['{"device_id":"日本 😀"}', "日本 😀"],
  [String.raw`{"device_id":"a \"quoted\" \\ \u0000 one"}`, 'a "quoted" \\ \0 one'],
  [String.raw`{"txn_id":"\"device_id\":\"FORGED\"","device_id":"ABC"}`, "ABC"],
  [String.raw`{"txn_id":"\\","device_id":"ABC"}`, "ABC"],
  ['{"txn_id":"device_id","device_id":"ABC"}', "ABC"],
  ['{"txn_id":"device_id"}', undefined],
  ['{"device_id":null,"txn_id":"SECRET"}', undefined],
  ['{"device_id":7,"txn_id":"SECRET"}', undefined],
  ['{"device_id": null,"txn_id":":\\"SECRET\\""}', undefined],
  ["{}", undefined],
  ["", undefined],
  ['{"device_id":"a\tb"}', undefined],
  ['{"device_id":"ABC', undefined],
];

test.each(stored)("of %j the line names %j", async (metadata, device) => {
  const { eventId } = await database.rows.event({ sender: subject, metadata });
  const lines = await look(database.reader, subject, (source) => linesOf(messages, source));
  const line = JSON.parse(lines.find((each) => each.includes(eventId)) ?? "null") as { device_id?: string };
  expect(line).toMatchObject({ event_id: eventId });
  expect(line.device_id).toBe(device);
  expect(lines.join("")).not.toMatch(/SECRET|FORGED|txn_id|token_id/);
});

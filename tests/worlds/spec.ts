import fc from "fast-check";
import { nearlyTheSame, roomIds } from "./ids.ts";
import { textForms } from "./texts.ts";

/** What fast-check draws and shrinks; people, rooms and events are named by number, taken modulo how many there are. */
const number = fc.nat({ max: 40 });
const often = <const T>(usual: T, ...others: readonly T[]) => fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 3, arbitrary: fc.constantFrom(...others) });

/** Milliseconds around the days that may be asked for, and what senders choose who lie about the time. */
const moments = ["1699919999999", "1699920000000", "1700000000000", "1700006399999", "1700006400000", "1700092799999", "1700092800000", "0", "-1", "9223372036854775807"] as const;

const eventSpec = fc.record({
  sender: number,
  room: number,
  what: fc.constantFrom("message", "message", "encrypted", "create", "topic", "own member", "other's member", "other's member"),
  about: number,
  membership: fc.constantFrom("join", "leave", "invite", "ban", "knock"),
  past: fc.boolean(),
  outlier: often(false, true),
  rejected: often("no" as const, "column", "table", "both"),
  metadata: often("plain" as const, "soft", "soft, spaced", "not soft", "looks soft"),
  sentAt: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...moments) }, { weight: 1, arbitrary: fc.constant(null) }),
  form: fc.constantFrom(...textForms),
  keys: often("both" as const, "row", "state key"),
});

const redactionSpec = fc.record({
  target: number,
  by: number,
  act: often("there" as const, "absent"),
  elsewhere: often(false, true),
  recheck: fc.boolean(),
  sameDomain: fc.boolean(),
  rejected: often("no" as const, "column", "table"),
  past: often(false, true),
  censored: often(false, true),
  receivedAt: often(1_700_000_009_000 as number | null, null),
});

const banSpec = fc.record({ room: number, user: number, by: number, absent: often(false, true), end: fc.constantFrom("none", "zero", "middle") });

export const worldSpec = fc.record({
  people: fc.constantFrom(...nearlyTheSame).chain((family) => fc.shuffledSubarray([...family], { minLength: 2, maxLength: 6 })),
  rooms: fc.shuffledSubarray([...roomIds], { minLength: 1, maxLength: 4 }),
  events: fc.array(eventSpec, { maxLength: 28, size: "max" }),
  redactions: fc.array(redactionSpec, { maxLength: 12, size: "max" }),
  bans: fc.array(banSpec, { maxLength: 2 }),
  days: fc.record({ from: often(null, "2023-11-14", "2023-11-15"), to: often(null, "2023-11-14", "2023-11-15") }),
});

export type WorldSpec = typeof worldSpec extends fc.Arbitrary<infer T> ? T : never;
export type EventSpec = WorldSpec["events"][number];
export type RedactionSpec = WorldSpec["redactions"][number];

import fc from "fast-check";
import { expect, test } from "vitest";
import { writeCalendar, type CalendarEntry } from "#lib/requests/calendar.ts";

const entry: CalendarEntry = {
  uid: "5f3c0a9b",
  sequence: 1,
  status: "CONFIRMED",
  writtenAt: new Date("2026-11-21T09:30:15.123Z"),
  at: new Date("2026-12-21T09:30:00Z"),
  summary: "Deletion of an account; the last moment, to stop it",
  description: "Open the page:\nhttps://privacy.example/stop\r\nC:\\",
  url: "https://privacy.example/stop/7F3K29QD",
  alarmDays: [14, 3, 1],
};
const unfolded = (file: string) => file.replace(/\r\n /g, "").split("\r\n");

test("one event with moment, number of change, alarms, and everything escaped", () => {
  const lines = unfolded(writeCalendar([entry]));
  expect(lines).toEqual([
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Matrix privacy portal//Dates//EN", "METHOD:PUBLISH", "BEGIN:VEVENT",
    "UID:5f3c0a9b", "DTSTAMP:20261121T093015Z", "DTSTART:20261221T093000Z", "SEQUENCE:1", "STATUS:CONFIRMED", "CLASS:PRIVATE", "TRANSP:TRANSPARENT",
    String.raw`SUMMARY:Deletion of an account\; the last moment\, to stop it`,
    String.raw`DESCRIPTION:Open the page:\nhttps://privacy.example/stop\nC:\\`,
    "URL:https://privacy.example/stop/7F3K29QD",
    ...[14, 3, 1].flatMap((days) => ["BEGIN:VALARM", "ACTION:DISPLAY", String.raw`DESCRIPTION:Deletion of an account\; the last moment\, to stop it`, `TRIGGER:-P${days}D`, "END:VALARM"]),
    "END:VEVENT", "END:VCALENDAR", "",
  ]);
});

test("what was cancelled does not ring", () => {
  const file = writeCalendar([{ ...entry, status: "CANCELLED", sequence: 2 }]);
  expect(file).toContain("STATUS:CANCELLED\r\n");
  expect(file).not.toContain("VALARM");
});

test("no line is longer than 75 octets, no line ends without CRLF, and nothing is lost, in any script", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (description) => {
      const file = writeCalendar([{ ...entry, description }]);
      for (const line of file.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(file.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      // Sliced and not matched: to a pattern U+2028 ends a line, to a calendar it is a letter.
      const read = unfolded(file).find((line) => line.startsWith("DESCRIPTION:"))?.slice("DESCRIPTION:".length) ?? "";
      expect(read.replace(/\\(.)/g, (_whole, sign: string) => (sign === "n" ? "\n" : sign))).toBe(description.replace(/\r\n?/g, "\n"));
    }),
    { numRuns: 300, examples: [["one\u2028two\u2029three\\, four"]] },
  );
});

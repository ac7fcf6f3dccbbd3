// By hand: forty lines of RFC 5545. The package `ics` folds by characters, not octets, and brings a schema library along.

/** What stands in the calendar. Nothing names the person or the account: calendars are shared and synchronised. */
export interface CalendarEntry {
  /** Random, and the same for every file of one request. */
  readonly uid: string;
  /** Grows with every change of the date. */
  readonly sequence: number;
  readonly status: "CONFIRMED" | "TENTATIVE" | "CANCELLED";
  readonly writtenAt: Date;
  /** The last moment to stop it. */
  readonly at: Date;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  /** Days before at which the calendar rings; none for what was cancelled. */
  readonly alarmDays: readonly number[];
}

/** An .ics file with one event (RFC 5545). */
export function writeCalendar(entry: CalendarEntry): string {
  const { uid, sequence, status, writtenAt, at, summary, description, url, alarmDays } = entry;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Matrix privacy portal//Erasure//EN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${instant(writtenAt)}`,
    `DTSTART:${instant(at)}`,
    `SEQUENCE:${sequence}`,
    `STATUS:${status}`,
    "CLASS:PRIVATE",
    "TRANSP:TRANSPARENT",
    `SUMMARY:${text(summary)}`,
    `DESCRIPTION:${text(description)}`,
    `URL:${url}`,
    ...(status === "CANCELLED" ? [] : alarmDays.flatMap((days) => ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${text(summary)}`, `TRIGGER:-P${days}D`, "END:VALARM"])),
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

const instant = (at: Date) => `${at.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

/** § 3.3.11 */
const text = (plain: string) => plain.replace(/[\\,;]/g, (sign) => `\\${sign}`).replace(/\r\n?|\n/g, "\\n");

/** § 3.1: no line longer than 75 octets, and no character torn in two. */
function fold(line: string): string {
  const pieces: string[] = [];
  let piece = "";
  let octets = 0;
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    // The space that begins a further piece counts too.
    if (octets + size > 75) {
      pieces.push(piece);
      piece = "";
      octets = 1;
    }
    piece += sign;
    octets += size;
  }
  return [...pieces, piece].join("\r\n ");
}

// By hand: forty lines of RFC 5545. The package `ics` folds by characters, not octets, and brings a schema library along.

/** What stands in the calendar. Nothing names the person or the account: calendars are shared and synchronised. */
export interface CalendarEntry {
  /** Random, and the same for every file of one request. */
  readonly uid: string;
  /** Grows with every change of the date. */
  readonly sequence: number;
  readonly status: "CONFIRMED" | "TENTATIVE" | "CANCELLED";
  readonly writtenAt: Date;
  /** A moment, or a whole day as YYYY-MM-DD. */
  readonly at: Date | string;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  /** Days before at which the calendar rings; none for what was cancelled. */
  readonly alarmDays: readonly number[];
}

/**
 * An .ics file (RFC 5545).
 * @param name how a calendar that subscribes to it calls it
 */
export function writeCalendar(entries: readonly CalendarEntry[], name?: string): string {
  const head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Matrix privacy portal//Dates//EN", "METHOD:PUBLISH", ...(name ? [`NAME:${text(name)}`, `X-WR-CALNAME:${text(name)}`] : [])];
  return [...head, ...entries.flatMap(event), "END:VCALENDAR"].map((line) => `${fold(line)}\r\n`).join("");
}

function event({ uid, sequence, status, writtenAt, at, summary, description, url, alarmDays }: CalendarEntry): string[] {
  return [
    "BEGIN:VEVENT",
    `UID:${uid}`,
    `DTSTAMP:${instant(writtenAt)}`,
    typeof at === "string" ? `DTSTART;VALUE=DATE:${at.replaceAll("-", "")}` : `DTSTART:${instant(at)}`,
    `SEQUENCE:${sequence}`,
    `STATUS:${status}`,
    "CLASS:PRIVATE",
    "TRANSP:TRANSPARENT",
    `SUMMARY:${text(summary)}`,
    `DESCRIPTION:${text(description)}`,
    `URL:${url}`,
    ...(status === "CANCELLED" ? [] : alarmDays.flatMap((days) => ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${text(summary)}`, `TRIGGER:-P${days}D`, "END:VALARM"])),
    "END:VEVENT",
  ];
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

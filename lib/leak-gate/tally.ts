import { hash } from "node:crypto";

/** A file is read as lines (NDJSON) or as rows (CSV); both must hold the same. */
export type Form = "lines" | "rows";

/** What one record says of itself. */
export interface Told {
  readonly record: string | null;
  /** Null where the ledger does not count by room. */
  readonly room: string | null;
  readonly eventId: string | null;
  readonly tombstone: boolean;
}

export class KindTally {
  /** By room; "" stands for the line without one. */
  readonly rooms = new Map<string, { count: number; tombstones: number }>();
  count = 0;
  /** Event of the record before. */
  last: string | null = null;
  /** Sum of the hashes of the event ids: the same for the same ids in any order. */
  ids = 0n;
}

/** Counts what the files hold, by kind, form and room. */
export class Tally {
  readonly kinds = new Map<string, Record<Form, KindTally>>();
  records = 0;

  /** @returns whether it is the record before once more: how a join gone wrong repeats a row */
  add(kind: string, form: Form, { room, eventId, tombstone }: Told): boolean {
    const tally = this.of(kind)[form];
    const name = comparable(room ?? "");
    const line = tally.rooms.get(name) ?? { count: 0, tombstones: 0 };
    tally.rooms.set(name, line);
    line.count += 1;
    if (tombstone) line.tombstones += 1;
    tally.count += 1;
    if (form === "lines") this.records += 1;
    const again = eventId !== null && eventId === tally.last;
    tally.last = eventId;
    if (eventId !== null) tally.ids = BigInt.asUintN(64, tally.ids + numberOf(comparable(eventId)));
    return again;
  }

  of(kind: string): Record<Form, KindTally> {
    const found = this.kinds.get(kind) ?? { lines: new KindTally(), rows: new KindTally() };
    this.kinds.set(kind, found);
    return found;
  }
}

function numberOf(text: string): bigint {
  return hash("sha1", text, "buffer").readBigUInt64BE();
}

/** Tables show control characters as pictures and mend broken text: so must be what is compared with them. */
export function comparable(text: string): string {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)));
}

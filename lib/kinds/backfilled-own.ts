import { eventLines } from "#lib/kinds/event-lines.ts";
import type { Kind } from "#lib/kinds/kind.ts";
import { messages } from "#lib/kinds/messages.ts";
import { eventRows, sentByThem } from "#lib/kinds/own-events.ts";
import { redactions } from "#lib/kinds/redaction.ts";
import { roomNames } from "#lib/kinds/room-names.ts";
import { countEvents, sentBySubject } from "#lib/kinds/verdict.ts";

/**
 * The subject's own events that this server fetched back from others (negative ordering): the option of faults.md § 0.
 * Strictly sender = subject, in a folder of their own, each line and row flagged. They stay BACKFILLED among the messages.
 */
export const backfilledOwn: Kind = {
  id: "backfilled_own",
  path: "backfilled-own/messages",
  group: "talk",
  basis: messages.basis,
  retention: messages.retention,
  portable: messages.portable,
  covers: messages.covers,
  async tally(source) {
    return countEvents("backfilled_own", source, sentBySubject(source, "fetched"), await redactions(source, sentByThem(source)), "fetched");
  },
  estimate: messages.estimate,
  notes: messages.notes,
  async *ndjson(source) {
    yield* eventLines(source.db.copy(await eventRows(source, "fetched")));
  },
  csv: { columns: [...messages.csv.columns, { name: "backfilled", type: "boolean" }], rooms: roomNames, ends: [true] },
};

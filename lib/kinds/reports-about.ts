import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind, type Match } from "#lib/kinds/table-kind.ts";
import { sql } from "#lib/synapse-db/sql.ts";

/** A report names the event; whose event it is stands in `events`. */
const aboutTheirs: Match = {
  where: (subject) => sql`EXISTS (SELECT FROM events e WHERE e.event_id = t.event_id AND e.sender = ${subject})`,
  reads: ["event_id"],
};
const fetched = sql`EXISTS (SELECT FROM events e WHERE e.event_id = t.event_id AND e.stream_ordering < 0)`;

/**
 * That others reported the person or one of their messages, and when: never who, why or in which words (Art. 15(4)).
 * Given only when the data-protection officer grants it. The tables' other columns are read for `reports`.
 */
export const reportsAbout: Kind = tableKind({ id: "reports_about", group: "reports", basis: "legitimate_interest", retention: "unlimited", portable: false }, [
  {
    record: "message",
    table: "event_reports",
    key: aboutTheirs,
    order: ["id"],
    room: "room_id",
    dated: "received_ts",
    leftOut: [["BACKFILLED", fetched]],
    fields: [
      { name: "room_id", as: "text" },
      { name: "event_id", as: "text" },
      { name: "received_ts", as: "milliseconds" },
    ],
    rows: "others",
    erasure: "administrator",
  },
  {
    record: "person",
    table: "user_reports",
    key: "target_user_id",
    order: ["id"],
    dated: "received_ts",
    fields: [{ name: "received_ts", as: "milliseconds" }],
    rows: "others",
    erasure: "administrator",
  },
]);

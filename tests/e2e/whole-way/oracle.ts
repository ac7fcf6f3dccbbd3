import pg from "pg";

/**
 * What a package of `mxid` must hold, counted without any of the portal's code: plain rows from Synapse's tables,
 * judged in JavaScript, event by event. Rules: faults.md § 0 of the project's reference, synapse.md § 3.
 */
export interface Expected {
  /** By room: own events and, apart, membership events about the subject that others sent. */
  readonly messages: ReadonlyMap<string, Line>;
  readonly memberships: ReadonlyMap<string, Line>;
  /** Ids of own events whose full content belongs in the package. */
  readonly included: ReadonlySet<string>;
  readonly redacted: ReadonlySet<string>;
  readonly negative: ReadonlySet<string>;
  /** Every event of anyone else on this server. */
  readonly foreign: ReadonlySet<string>;
  readonly media: ReadonlySet<string>;
}
export interface Line {
  candidates: number;
  included: number;
  tombstones: number;
}
interface Row {
  readonly event_id: string;
  readonly room_id: string;
  readonly type: string;
  readonly sender: string;
  readonly state_key: string | null;
  readonly stream_ordering: string;
  readonly rejection_reason: string | null;
  readonly internal_metadata: string;
}

export async function expectedFor(databaseUrl: string, mxid: string): Promise<Expected> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Row>("SELECT event_id, room_id, type, sender, state_key, stream_ordering, rejection_reason, internal_metadata FROM events NATURAL JOIN event_json");
    const redactions = new Set((await client.query<{ redacts: string }>("SELECT redacts FROM redactions")).rows.map((row) => row.redacts));
    const media = (await client.query<{ media_id: string }>("SELECT media_id FROM local_media_repository WHERE user_id = $1 AND url_cache IS NULL", [mxid])).rows;
    const messages = new Map<string, Line>();
    const memberships = new Map<string, Line>();
    const included = new Set<string>();
    const redacted = new Set<string>();
    const negative = new Set<string>();
    const foreign = new Set<string>();
    for (const row of rows) {
      const own = row.sender === mxid;
      if (!own) foreign.add(row.event_id);
      const about = !own && row.type === "m.room.member" && row.state_key === mxid;
      if (!own && !about) continue;
      const ledger = own ? messages : memberships;
      const line = ledger.get(row.room_id) ?? { candidates: 0, included: 0, tombstones: 0 };
      ledger.set(row.room_id, line);
      line.candidates += 1;
      if (row.stream_ordering.startsWith("-")) {
        negative.add(row.event_id);
        continue;
      }
      const flags = JSON.parse(row.internal_metadata) as { soft_failed?: boolean };
      if (row.rejection_reason !== null || flags.soft_failed === true) continue;
      line.included += 1;
      if (redactions.has(row.event_id)) {
        line.tombstones += 1;
        if (own) redacted.add(row.event_id);
      } else if (own) included.add(row.event_id);
    }
    return { messages, memberships, included, redacted, negative, foreign, media: new Set(media.map((row) => row.media_id)) };
  } finally {
    await client.end();
  }
}

import { localpartOf } from "#lib/matrix/mxid.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import type { Plan } from "../plan.ts";
import type { PlanSource } from "./source.ts";

export interface AccountRow {
  readonly createdAt: number;
  readonly admin: boolean;
  readonly appservice: string | null;
}

/** null: the homeserver has no such account. */
export async function readAccountRow({ db, subject }: Pick<PlanSource, "db" | "subject">): Promise<AccountRow | null> {
  const [row] = await db.all<{ creation_ts: string | null; admin: boolean; appservice_id: string | null }>(
    sql`SELECT u.creation_ts, u.admin = 1 AS admin, u.appservice_id FROM users u WHERE u.name = ${subject}`,
  );
  return row ? { createdAt: Number(row.creation_ts ?? 0), admin: row.admin, appservice: row.appservice_id } : null;
}

type Belongings = Pick<Plan, "media" | "devices" | "addresses" | "externalIds" | "delayedEvents">;

/** What hangs on the account. Previews of links are files too; hidden devices stand for keys and are none. */
export async function readBelongings({ db, subject }: PlanSource): Promise<Belongings> {
  const delayed = (await db.has("delayed_events", "user_localpart")) ? sql`(SELECT count(*) FROM delayed_events t WHERE t.user_localpart = ${localpartOf(subject)})` : sql`0`;
  const [row] = await db.all<Record<"files" | "bytes" | "devices" | "addresses" | "external" | "delayed", string>>(sql`
    SELECT m.files, m.bytes, ${delayed} AS delayed,
      (SELECT count(*) FROM devices t WHERE t.user_id = ${subject} AND NOT coalesce(t.hidden, FALSE)) AS devices,
      (SELECT count(*) FROM user_threepids t WHERE t.user_id = ${subject}) AS addresses,
      (SELECT count(*) FROM user_external_ids t WHERE t.user_id = ${subject}) AS external
    FROM (SELECT count(*) AS files, coalesce(sum(t.media_length::bigint), 0) AS bytes FROM local_media_repository t WHERE t.user_id = ${subject}) m`);
  return {
    media: { files: Number(row?.files ?? 0), bytes: Number(row?.bytes ?? 0) },
    devices: Number(row?.devices ?? 0),
    addresses: Number(row?.addresses ?? 0),
    externalIds: Number(row?.external ?? 0),
    delayedEvents: Number(row?.delayed ?? 0),
  };
}

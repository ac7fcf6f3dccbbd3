import { outsideDays } from "#lib/kinds/days.ts";
import type { Attachment, Kind, Source } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";
import type { MediaId } from "#lib/matrix/homeserver.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import type { Sql } from "#lib/synapse-db/synapse-db.ts";

const list = tableKind({ id: "media", group: "talk", basis: "contract", retention: "unlimited", portable: true }, [
  {
    record: "file",
    table: "local_media_repository",
    key: "user_id",
    order: ["created_ts", "media_id"],
    dated: "created_ts",
    fields: [
      { name: "media_id", as: "text" },
      { name: "media_type", as: "text" },
      { name: "media_length", as: "integer" },
      { name: "created_ts", as: "milliseconds" },
      { name: "last_access_ts", as: "milliseconds" },
      { name: "upload_name", as: "text" },
      { name: "url_cache", as: "text" },
      { name: "authenticated", as: "boolean" },
      { name: "sha256", as: "text" },
    ],
    stripped: { quarantined_by: "others", safe_from_quarantine: "internal" },
    erasure: "administrator",
  },
]);

/**
 * Uploaded files. `url_cache` rows are pictures of pages whose preview the person asked for: the address is
 * theirs, the picture is not, so it is listed and not attached. Nor is an upload that was begun and never sent.
 */
export const media: Kind = {
  ...list,
  async estimate(source) {
    if (!source.scope.mediaFiles) return 0;
    const [sum] = await source.db.all<{ bytes: string }>(sql`SELECT coalesce(sum(t.media_length::bigint), 0) AS bytes ${files(source)}`);
    return Number(sum?.bytes ?? 0);
  },
  /** In pages of their own statements: between two files a download may take long, and no cursor waits for it. */
  async *attachments(source) {
    let after = "";
    for (;;) {
      const page = await source.db.all<{ media_id: MediaId; media_type: string | null; media_length: number }>(
        sql`SELECT t.media_id, t.media_type, t.media_length ${files(source)} AND t.media_id COLLATE "C" > ${after} ORDER BY t.media_id COLLATE "C" LIMIT 200`,
      );
      for (const row of page) {
        yield { mediaId: row.media_id, contentType: row.media_type, bytes: row.media_length } satisfies Attachment;
        after = row.media_id;
      }
      if (page.length === 0) return;
    }
  },
};

function files(source: Source): Sql {
  return sql`FROM local_media_repository t WHERE t.user_id = ${source.subject} AND t.url_cache IS NULL AND t.media_length IS NOT NULL
    AND NOT ${outsideDays(sql`t.created_ts`, source.scope)}`;
}

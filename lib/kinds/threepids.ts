import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind, type Match } from "#lib/kinds/table-kind.ts";
import { sql } from "#lib/synapse-db/sql.ts";

/** Attempts carry an address and no account: they are the person's as far as the address is the person's today. */
const verified: Match = {
  where: (subject) =>
    sql`EXISTS (SELECT FROM user_threepids a WHERE a.user_id = ${subject} AND a.medium = t.medium AND a.address = t.address AND a.validated_at IS NOT NULL)`,
  reads: ["medium", "address"],
};

/** Addresses and other logins tied to the account. */
export const threepids: Kind = tableKind({ id: "threepids", group: "who", basis: "contract", retention: "until_changed", portable: true }, [
  {
    record: "address",
    table: "user_threepids",
    key: "user_id",
    order: ["medium", "address"],
    fields: [
      { name: "medium", as: "text" },
      { name: "address", as: "text" },
      { name: "validated_at", as: "milliseconds" },
      { name: "added_at", as: "milliseconds" },
    ],
    erasure: "deactivation",
  },
  {
    record: "identity_server",
    table: "user_threepid_id_server",
    key: "user_id",
    order: ["medium", "address", "id_server"],
    fields: [
      { name: "medium", as: "text" },
      { name: "address", as: "text" },
      { name: "id_server", as: "text" },
    ],
    erasure: "deactivation",
  },
  {
    record: "external_login",
    table: "user_external_ids",
    key: "user_id",
    order: ["auth_provider", "external_id"],
    fields: [
      { name: "auth_provider", as: "text" },
      { name: "external_id", as: "text" },
    ],
    erasure: "administrator",
  },
  {
    record: "verification",
    table: "threepid_validation_session",
    key: verified,
    order: ["last_send_attempt", "medium", "address", "validated_at"],
    fields: [
      { name: "medium", as: "text" },
      { name: "address", as: "text" },
      { name: "validated_at", as: "milliseconds" },
      { name: "last_send_attempt", as: "integer" },
    ],
    stripped: { client_secret: "secret", session_id: "secret" },
    erasure: "synapse",
  },
]);

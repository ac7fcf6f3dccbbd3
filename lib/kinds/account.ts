import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

/** The account itself: since when, in which state, which terms were accepted, and what administrators set for it. */
export const account: Kind = tableKind({ id: "account", group: "who", basis: "contract", retention: "account", portable: true }, [
  {
    record: "account",
    table: "users",
    key: "name",
    order: ["name"],
    fields: [
      { name: "name", as: "text" },
      { name: "creation_ts", as: "seconds" },
      { name: "admin", as: "flag" },
      { name: "is_guest", as: "flag" },
      { name: "appservice_id", as: "text" },
      { name: "user_type", as: "text" },
      { name: "deactivated", as: "flag" },
      { name: "locked", as: "boolean" },
      { name: "suspended", as: "boolean" },
      { name: "approved", as: "boolean" },
      { name: "consent_version", as: "text" },
      { name: "consent_ts", as: "milliseconds" },
      { name: "consent_server_notice_sent", as: "text" },
    ],
    stripped: {
      password_hash: "secret",
      upgrade_ts: "internal",
      shadow_banned: "operator",
    },
    erasure: "name",
  },
  { record: "erasure", table: "erased_users", key: "user_id", order: ["user_id"], fields: [{ name: "user_id", as: "text" }], erasure: "name" },
  {
    record: "validity",
    table: "account_validity",
    key: "user_id",
    order: ["user_id"],
    fields: [
      { name: "expiration_ts_ms", as: "milliseconds" },
      { name: "email_sent", as: "boolean" },
      { name: "token_used_ts_ms", as: "milliseconds" },
    ],
    stripped: { renewal_token: "secret" },
    erasure: "deactivation",
  },
  {
    record: "feature",
    table: "per_user_experimental_features",
    key: "user_id",
    order: ["feature"],
    fields: [
      { name: "feature", as: "text" },
      { name: "enabled", as: "boolean" },
    ],
    erasure: "synapse",
  },
  {
    record: "rate_limit",
    table: "ratelimit_override",
    key: "user_id",
    order: ["user_id"],
    fields: [
      { name: "messages_per_second", as: "integer" },
      { name: "burst_count", as: "integer" },
    ],
    erasure: "administrator",
  },
]);

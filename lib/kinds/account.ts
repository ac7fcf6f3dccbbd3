import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

/** The account itself: since when, in which state, which terms were accepted. */
export const account: Kind = tableKind({ id: "account", basis: "contract", portable: true }, [
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
      password_hash: "a secret",
      upgrade_ts: "not used by Synapse",
      shadow_banned: "given only when the operator decides so for the request",
    },
  },
  { record: "erasure", table: "erased_users", key: "user_id", order: ["user_id"], fields: [{ name: "user_id", as: "text" }] },
]);

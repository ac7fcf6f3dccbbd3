import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";
import { sql } from "#lib/synapse-db/sql.ts";

/**
 * What lets somebody in: that it exists and until when, never the key itself. A token an administrator made to act as
 * the person is theirs to know of; which administrator it was is not (synapse.md § 7, weakness 4).
 */
export const signIns: Kind = tableKind({ id: "sign_ins", group: "access", basis: "legitimate_interest", retention: "until_changed", portable: false }, [
  {
    record: "sign_in",
    table: "access_tokens",
    key: "user_id",
    order: ["id"],
    fields: [
      { name: "device_id", as: "text" },
      { name: "valid_until_ms", as: "milliseconds" },
      { name: "last_validated", as: "milliseconds" },
      { name: "used", as: "boolean" },
      // An administrator's own act: that it was done for another account, not for which.
      { name: "for_another_account", as: "boolean", value: { sql: sql`(t.puppets_user_id IS NOT NULL)`, reads: ["puppets_user_id"] } },
    ],
    stripped: { token: "secret", refresh_token_id: "internal" },
    erasure: "deactivation",
  },
  {
    record: "administrator_access",
    table: "access_tokens",
    key: "puppets_user_id",
    order: ["id"],
    fields: [
      { name: "valid_until_ms", as: "milliseconds" },
      { name: "last_validated", as: "milliseconds" },
      { name: "used", as: "boolean" },
    ],
    erasure: "synapse",
  },
  {
    record: "proof_for_other_services",
    table: "open_id_tokens",
    key: "user_id",
    order: ["ts_valid_until_ms"],
    fields: [{ name: "ts_valid_until_ms", as: "milliseconds" }],
    stripped: { token: "secret" },
    erasure: "synapse",
  },
]);

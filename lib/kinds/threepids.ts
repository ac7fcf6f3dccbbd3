import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

/** Addresses and other logins tied to the account. */
export const threepids: Kind = tableKind({ id: "threepids", basis: "contract", portable: true }, [
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
  },
]);

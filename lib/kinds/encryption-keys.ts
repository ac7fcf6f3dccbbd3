import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

/** Public parts only: the server never had the others. What others signed is their act, also where they signed the person. */
export const encryptionKeys: Kind = tableKind({ id: "encryption_keys", group: "keys", basis: "contract", retention: "until_changed", portable: false }, [
  {
    record: "device_key",
    table: "e2e_device_keys_json",
    key: "user_id",
    order: ["device_id"],
    fields: [
      { name: "device_id", as: "text" },
      { name: "ts_added_ms", as: "milliseconds" },
      { name: "key_json", as: "json" },
    ],
    erasure: "deactivation",
  },
  {
    record: "identity_key",
    table: "e2e_cross_signing_keys",
    key: "user_id",
    order: ["stream_id", "keytype"],
    fields: [
      { name: "keytype", as: "text" },
      { name: "keydata", as: "json" },
      { name: "updatable_without_uia_before_ms", as: "milliseconds" },
    ],
    stripped: { instance_name: "internal" },
    erasure: "synapse",
  },
  {
    record: "signature",
    table: "e2e_cross_signing_signatures",
    key: "user_id",
    order: ["key_id", "target_user_id", "target_device_id", "signature"],
    fields: [
      { name: "key_id", as: "text" },
      { name: "target_user_id", as: "text" },
      { name: "target_device_id", as: "text" },
      { name: "signature", as: "text" },
    ],
    rows: "others",
    erasure: "synapse",
  },
  {
    record: "signed",
    table: "user_signature_stream",
    key: "from_user_id",
    order: ["stream_id"],
    fields: [{ name: "user_ids", as: "json" }],
    stripped: { instance_name: "internal" },
    erasure: "synapse",
  },
]);

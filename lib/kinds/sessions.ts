import type { Kind } from "#lib/kinds/kind.ts";
import { tableKind } from "#lib/kinds/table-kind.ts";

/** From where and with what the account was used. */
export const sessions: Kind = tableKind({ id: "sessions", group: "access", basis: "legitimate_interest", retention: "limited", portable: false }, [
  {
    record: "connection",
    table: "user_ips",
    key: "user_id",
    order: ["last_seen", "device_id", "ip", "user_agent"],
    dated: "last_seen",
    fields: [
      { name: "device_id", as: "text" },
      { name: "ip", as: "text" },
      { name: "user_agent", as: "text" },
      { name: "last_seen", as: "milliseconds" },
    ],
    stripped: { access_token: "secret" },
    erasure: "expiry",
  },
  {
    record: "day",
    table: "user_daily_visits",
    key: "user_id",
    order: ["timestamp", "device_id"],
    dated: "timestamp",
    fields: [
      { name: "device_id", as: "text" },
      { name: "user_agent", as: "text" },
      { name: "timestamp", as: "milliseconds" },
    ],
    erasure: "synapse",
  },
  {
    record: "month",
    table: "monthly_active_users",
    key: "user_id",
    order: ["timestamp"],
    dated: "timestamp",
    fields: [{ name: "timestamp", as: "milliseconds" }],
    erasure: "expiry",
  },
]);

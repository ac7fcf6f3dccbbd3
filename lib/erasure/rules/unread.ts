import type { Trace } from "../residue.ts";
import type { ReasonCode } from "./reasons.ts";

/** A column the portal's role may never read: that it cannot be looked at is said, with what is known to stand there. */
export interface Unread {
  readonly table: string;
  readonly column: string;
  readonly trace: Trace;
  readonly why: ReasonCode;
}

type Line = readonly [table: string, columns: string, trace: Trace, why: ReasonCode];

const lines: readonly Line[] = [
  ["login_tokens", "user_id", "mxid", "unread_queue"],
  ["threepid_validation_token", "next_link", "address", "unread_queue"],
  ["sessions", "value", "mxid", "unread_queue"],
  ["device_federation_outbox", "messages_json", "mxid", "unread_queue"],
  ["ui_auth_sessions", "serverdict clientdict uri", "mxid", "unread_sign_in"],
  ["ui_auth_sessions_credentials", "result", "mxid", "unread_sign_in"],
  ["ui_auth_sessions_ips", "ip", "ip", "unread_sign_in"],
  ["cache_invalidation_stream_by_instance", "keys", "mxid", "unread_cache_log"],
  // Not there when the role is made, so it is given no right to it.
  ["_temp_populate_user_directory_users", "user_id", "mxid", "unread_directory"],
  // What they sent to devices of others, encrypted, and those have not fetched yet.
  ["device_inbox", "message_json", "mxid", "unread_inbox"],
  // Addresses of people who were invited by mail and have no account.
  ["threepid_guest_access_tokens", "address", "address", "unread_invitations"],
];

export const unread: readonly Unread[] = lines.flatMap(([table, columns, trace, why]) => columns.split(" ").map((column) => ({ table, column, trace, why })));

/** Tables that name nobody: they hold ids of events, rooms and files, numbers, or what is about the server itself. */
export const namesNobody: readonly string[] = [
  "application_services_txns", "event_auth", "event_auth_chains", "event_backward_extremities", "event_edges", "event_expiry",
  "event_forward_extremities", "event_labels", "event_to_state_groups", "ex_outlier_stream", "msc4242_state_dag_edges",
  "msc4242_state_dag_forward_extremities", "partial_state_events", "partial_state_rooms", "pusher_throttle", "redactions",
  "registration_tokens", "room_retention", "sliding_sync_connection_positions", "sliding_sync_connection_room_configs",
  "sliding_sync_connection_streams", "state_groups", "stream_ordering_to_exterm", "threads", "un_partial_stated_event_stream",
];

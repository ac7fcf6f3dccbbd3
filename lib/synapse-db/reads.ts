/**
 * Everything the portal's role may read: table → columns. grants.sql says the same (a test compares), and the kinds'
 * `covers` add up to it (another test). An allow-list: a column that a later Synapse adds is not readable by itself.
 */
export const reads: Readonly<Record<string, readonly string[]>> = {
  users: [
    "name", "creation_ts", "admin", "is_guest", "appservice_id", "user_type", "deactivated", "locked", "suspended", "approved",
    "consent_version", "consent_ts", "consent_server_notice_sent",
  ],
  erased_users: ["user_id"],
  profiles: ["full_user_id", "displayname", "avatar_url", "fields"],
  user_threepids: ["user_id", "medium", "address", "validated_at", "added_at"],
  user_threepid_id_server: ["user_id", "medium", "address", "id_server"],
  user_external_ids: ["user_id", "auth_provider", "external_id"],
  devices: ["user_id", "device_id", "display_name", "last_seen", "ip", "user_agent", "hidden"],
  user_ips: ["user_id", "device_id", "ip", "user_agent", "last_seen"],
  user_daily_visits: ["user_id", "device_id", "timestamp", "user_agent"],
  account_data: ["user_id", "account_data_type", "content"],
  room_account_data: ["user_id", "room_id", "account_data_type", "content"],
  room_tags: ["user_id", "room_id", "tag", "content"],
  events: [
    "event_id", "room_id", "type", "sender", "state_key", "stream_ordering", "outlier", "origin_server_ts", "received_ts", "rejection_reason",
  ],
  event_json: ["event_id", "json", "internal_metadata"],
  redactions: ["event_id", "redacts", "have_censored", "received_ts", "recheck"],
  rejections: ["event_id"],
  room_ban_redactions: ["room_id", "user_id", "redacting_event_id", "redact_end_ordering"],
  room_memberships: ["event_id", "user_id", "room_id", "membership", "forgotten", "display_name", "avatar_url"],
  local_current_membership: ["user_id", "room_id", "membership"],
  rooms: ["room_id", "creator", "room_version", "is_public"],
  room_stats_state: ["room_id", "name", "room_type"],
  local_media_repository: [
    "user_id", "media_id", "media_type", "media_length", "created_ts", "last_access_ts", "upload_name", "url_cache", "authenticated", "sha256",
  ],
  receipts_linearized: ["user_id", "room_id", "receipt_type", "event_id", "thread_id", "data"],
  push_rules: ["user_name", "rule_id", "priority_class", "priority", "conditions", "actions"],
  push_rules_enable: ["user_name", "rule_id", "enabled"],
  pushers: [
    "user_name", "kind", "app_id", "app_display_name", "device_display_name", "device_id", "profile_tag", "lang", "pushkey", "ts", "enabled",
    "last_success", "failing_since",
  ],
  deleted_pushers: ["user_id", "app_id", "pushkey", "stream_id"],
  event_reports: ["id", "user_id", "room_id", "event_id", "received_ts", "reason", "content"],
  room_reports: ["id", "user_id", "room_id", "received_ts", "reason"],
  user_reports: ["id", "user_id", "target_user_id", "received_ts", "reason"],
};

/** Never readable, whatever an operator granted: a column, or the whole table (null). */
export const secrets: readonly (readonly [table: string, column: string | null])[] = [
  ["users", "password_hash"],
  ["access_tokens", "token"],
  ["refresh_tokens", "token"],
  ["user_ips", "access_token"],
  ["account_validity", "renewal_token"],
  ["pushers", "access_token"],
  ["pushers", "data"],
  ["open_id_tokens", "token"],
  ["threepid_validation_session", "client_secret"],
  ["threepid_guest_access_tokens", "guest_access_token"],
  ["dehydrated_devices", "device_data"],
  ["device_inbox", "message_json"],
  ["device_auth_providers", "auth_provider_session_id"],
  ["event_search", "vector"],
  ["login_tokens", null],
  ["threepid_validation_token", null],
  ["registration_tokens", null],
  ["ui_auth_sessions", null],
  ["ui_auth_sessions_credentials", null],
  ["ui_auth_sessions_ips", null],
  ["sessions", null],
  ["server_signature_keys", null],
  ["cache_invalidation_stream_by_instance", null],
];

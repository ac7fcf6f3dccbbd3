import type { Erasure, Withheld } from "#lib/kinds/kind.ts";

/**
 * One of Synapse's tables that no kind covers. `ids` are its columns that hold a Matrix ID or may hold one inside,
 * `texts` the others that could by their type and do not; numbers and switches cannot and are not listed.
 */
export interface LeftOut {
  readonly table: string;
  readonly ids: readonly string[];
  readonly texts: readonly string[];
  readonly why: Withheld;
  /** null where nothing of it is about the person. */
  readonly erasure: Erasure | null;
}

type Row = readonly [table: string, ids: string, texts: string, why: Withheld, erasure?: Erasure];

/** Tables in which a person with an account here may appear, and why nothing of them is given. */
const withheld: readonly Row[] = [
  ["profile_updates_per_user", "user_id", "", "derived", "expiry"],
  ["threepid_validation_token", "", "token session_id next_link", "secret", "expiry"],
  ["users_pending_deactivation", "user_id", "", "transient", "expiry"],
  ["login_tokens", "user_id", "token auth_provider_id auth_provider_session_id", "secret", "expiry"],
  ["ui_auth_sessions", "serverdict clientdict uri", "session_id method description", "secret", "expiry"],
  ["ui_auth_sessions_credentials", "result", "session_id stage_type", "unkeyed", "expiry"],
  ["ui_auth_sessions_ips", "", "session_id ip user_agent", "unkeyed", "expiry"],
  ["sessions", "value", "session_type session_id", "transient", "expiry"],
  ["device_federation_outbox", "messages_json", "destination instance_name", "transient", "expiry"],
  ["device_lists_stream", "user_id", "device_id instance_name", "derived", "synapse"],
  ["device_lists_changes_in_room", "user_id", "device_id room_id opentracing_context instance_name", "derived", "expiry"],
  ["device_lists_outbound_pokes", "user_id", "destination device_id opentracing_context instance_name", "derived", "expiry"],
  ["device_lists_outbound_last_success", "user_id", "destination", "derived", "synapse"],
  ["room_tags_revisions", "user_id", "room_id instance_name", "derived", "synapse"],
  ["pusher_throttle", "", "room_id", "derived", "synapse"],
  ["event_search", "sender vector", "event_id room_id key", "derived", "synapse"],
  ["sticky_events", "sender", "instance_name event_id room_id", "derived", "expiry"],
  ["state_events", "state_key prev_state", "event_id room_id type", "derived", "conversation"],
  ["current_state_events", "state_key", "event_id room_id type membership", "derived", "conversation"],
  ["current_state_delta_stream", "state_key", "room_id type event_id prev_event_id instance_name", "derived", "conversation"],
  ["state_groups_state", "state_key", "room_id type event_id", "derived", "conversation"],
  ["state_groups", "", "room_id event_id", "derived", "conversation"],
  ["event_auth", "", "event_id auth_id room_id", "derived", "conversation"],
  ["event_auth_chains", "", "event_id", "derived", "conversation"],
  ["event_edges", "", "event_id prev_event_id room_id", "derived", "conversation"],
  ["event_forward_extremities", "", "event_id room_id", "derived", "conversation"],
  ["event_relations", "aggregation_key", "event_id relates_to_id relation_type", "derived", "conversation"],
  ["event_to_state_groups", "", "event_id", "derived", "conversation"],
  ["stream_ordering_to_exterm", "", "room_id event_id", "derived", "conversation"],
  ["threads", "", "room_id thread_id latest_event_id", "derived", "conversation"],
  ["event_auth_chain_to_calculate", "state_key", "event_id room_id type", "derived", "expiry"],
  ["event_backward_extremities", "", "event_id room_id", "derived", "conversation"],
  ["event_expiry", "", "event_id", "derived", "expiry"],
  ["event_failed_pull_attempts", "last_cause", "room_id event_id", "derived", "expiry"],
  ["event_labels", "", "event_id label room_id", "derived", "conversation"],
  ["ex_outlier_stream", "", "event_id instance_name", "derived", "conversation"],
  ["partial_state_events", "", "room_id event_id", "derived", "expiry"],
  ["partial_state_rooms", "", "room_id join_event_id joined_via", "derived", "expiry"],
  ["un_partial_stated_event_stream", "", "instance_name event_id", "derived", "synapse"],
  ["room_retention", "", "room_id event_id", "derived", "conversation"],
  ["msc4242_state_dag_edges", "", "room_id event_id prev_state_event_id", "derived", "conversation"],
  ["msc4242_state_dag_forward_extremities", "", "room_id event_id", "derived", "conversation"],
  ["event_txn_id_device_id", "user_id", "event_id room_id device_id txn_id", "transient", "expiry"],
  ["federation_inbound_events_staging", "event_json internal_metadata", "origin room_id event_id", "transient", "expiry"],
  ["application_services_txns", "", "as_id event_ids", "transient", "expiry"],
  ["sliding_sync_membership_snapshots", "user_id sender", "room_id membership_event_id membership event_instance_name room_type room_name tombstone_successor_room_id", "derived", "conversation"],
  ["receipts_graph", "user_id", "room_id receipt_type event_ids data thread_id", "duplicate", "synapse"],
  ["users_to_send_full_presence_to", "user_id", "", "transient", "synapse"],
  ["event_push_actions_staging", "user_id", "event_id actions thread_id", "transient", "expiry"],
  ["user_directory_search", "user_id vector", "", "derived", "deactivation"],
  // There only while Synapse makes its directory: at the first start and when an administrator has it made anew.
  ["_temp_populate_user_directory_users", "user_id", "", "transient", "expiry"],
  ["users_in_public_rooms", "user_id", "room_id", "derived", "deactivation"],
  ["users_who_share_private_rooms", "user_id other_user_id", "room_id", "others", "deactivation"],
  ["sliding_sync_connections", "user_id", "effective_device_id conn_id", "transient", "expiry"],
  ["sliding_sync_connection_lazy_members", "user_id", "room_id", "transient", "expiry"],
  ["sliding_sync_connection_positions", "", "", "transient", "expiry"],
  ["sliding_sync_connection_required_state", "required_state", "", "transient", "expiry"],
  ["sliding_sync_connection_room_configs", "", "room_id", "transient", "expiry"],
  ["sliding_sync_connection_streams", "", "stream room_id room_status last_token", "transient", "expiry"],
  ["local_media_repository_thumbnails", "", "media_id thumbnail_type thumbnail_method", "derived", "administrator"],
  ["local_media_repository_url_cache", "og", "url etag media_id", "transient", "expiry"],
  ["remote_media_cache", "quarantined_by", "media_origin media_id media_type upload_name filesystem_id sha256", "others", "expiry"],
  ["quarantined_media_changes", "", "instance_name origin media_id", "internal", "synapse"],
  ["scheduled_tasks", "resource_id params result error", "id action status", "transient", "expiry"],
  ["cache_invalidation_stream_by_instance", "keys", "instance_name cache_func", "secret", "expiry"],
  ["registration_tokens", "", "token", "secret", "administrator"],
];

/** Tables that hold nothing about a person with an account here. */
const aboutNobody: readonly Row[] = [
  ["_temp_populate_user_directory_position", "", "", "nobody"],
  ["_temp_populate_user_directory_rooms", "", "room_id", "nobody"],
  ["application_services_state", "", "as_id state", "nobody"],
  ["applied_module_schemas", "", "module_name file", "nobody"],
  ["applied_schema_deltas", "", "file", "nobody"],
  ["appservice_room_list", "", "appservice_id network_id room_id", "nobody"],
  ["appservice_stream_position", "", "lock", "nobody"],
  ["background_updates", "progress_json", "update_name depends_on", "nobody"],
  ["delayed_events_stream_pos", "", "lock", "nobody"],
  ["destination_rooms", "", "destination room_id", "nobody"],
  ["destination_rooms_sticky_events_backlog", "", "destination room_id", "nobody"],
  ["destinations", "", "destination", "nobody"],
  ["device_federation_inbox", "", "origin message_id instance_name", "internal"],
  ["device_lists_changes_converted_stream_position", "", "lock room_id instance_name", "nobody"],
  ["device_lists_changes_in_room_max_pruned_stream_id", "", "lock", "nobody"],
  ["device_lists_remote_cache", "user_id content", "device_id", "others"],
  ["device_lists_remote_extremeties", "user_id", "stream_id", "others"],
  ["device_lists_remote_pending", "user_id", "device_id instance_name", "others"],
  ["device_lists_remote_resync", "user_id", "", "others"],
  ["event_auth_chain_links", "", "", "nobody"],
  ["event_push_summary_last_receipt_stream_id", "", "lock", "nobody"],
  ["event_push_summary_stream_ordering", "", "lock", "nobody"],
  ["federation_stream_position", "", "type instance_name", "nobody"],
  ["instance_map", "", "instance_name", "nobody"],
  ["partial_state_rooms_servers", "", "room_id server_name", "nobody"],
  ["received_transactions", "response_json", "transaction_id origin", "nobody"],
  ["remote_media_cache_thumbnails", "", "media_origin media_id thumbnail_method thumbnail_type filesystem_id", "nobody"],
  ["room_alias_servers", "", "room_alias server", "nobody"],
  ["room_depth", "", "room_id", "nobody"],
  ["room_forgetter_stream_pos", "", "lock", "nobody"],
  ["room_stats_current", "", "room_id", "nobody"],
  ["room_stats_earliest_token", "", "room_id", "nobody"],
  ["schema_compat_version", "", "lock", "nobody"],
  ["schema_version", "", "lock", "nobody"],
  ["server_keys_json", "", "server_name key_id from_server key_json", "nobody"],
  ["server_signature_keys", "", "server_name key_id from_server verify_key", "nobody"],
  ["sliding_sync_joined_rooms", "", "room_id room_type room_name tombstone_successor_room_id", "nobody"],
  ["sliding_sync_joined_rooms_to_recalculate", "", "room_id", "nobody"],
  ["state_group_edges", "", "", "nobody"],
  ["state_groups_pending_deletion", "", "", "nobody"],
  ["state_groups_persisting", "", "instance_name", "nobody"],
  ["stats_incremental_position", "", "lock", "nobody"],
  ["stream_positions", "", "stream_name instance_name", "nobody"],
  ["timeline_gaps", "", "room_id instance_name", "nobody"],
  ["un_partial_stated_room_stream", "", "instance_name room_id", "nobody"],
  ["user_directory_stale_remote_users", "user_id", "user_server_name", "others"],
  ["user_directory_stream_pos", "", "lock", "nobody"],
  ["worker_locks", "lock_key", "lock_name instance_name token", "nobody"],
  ["worker_read_write_locks", "lock_key", "lock_name instance_name token", "nobody"],
  ["worker_read_write_locks_mode", "lock_key", "lock_name token", "nobody"],
];

const words = (list: string) => list.split(" ").filter(Boolean);

/** What the kinds do not cover; together with their `covers` it is every table of Synapse we know. */
export const leftOut: readonly LeftOut[] = [...withheld, ...aboutNobody].map(([table, ids, texts, why, erasure = null]) => ({
  table,
  ids: words(ids),
  texts: words(texts),
  why,
  erasure,
}));

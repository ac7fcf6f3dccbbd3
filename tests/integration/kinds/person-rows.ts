import type { SynapseRows } from "#tests/fixtures/synapse-rows.ts";

export const at = 1_700_000_000_000;
export const room = "!room:example.org";

/** What the rows of one person say. */
export interface Voice {
  readonly user: string;
  /** Stands in every text that is theirs to receive. */
  readonly word: string;
  readonly json: string;
  /** Distinct for each person. */
  readonly id: number;
}

/** Sign-ins, encryption, settings and limits: a row in every table of the kinds that came later. SECRET must never leave. */
export async function laterRows({ insert, event }: SynapseRows, { user, word, json, id }: Voice): Promise<void> {
  await insert("account_validity", { user_id: user, expiration_ts_ms: at, email_sent: true, renewal_token: `SECRET${id}`, token_used_ts_ms: at });
  await insert("per_user_experimental_features", { user_id: user, feature: word, enabled: true });
  await insert("ratelimit_override", { user_id: user, messages_per_second: 7, burst_count: 9 });
  await insert("profile_updates", { stream_id: id, instance_name: "master", user_id: user, action: word, affected_fields: JSON.stringify([word]), inserted_ts: at });
  await insert("threepid_validation_session", { session_id: `SECRET-s${id}`, medium: "email", address: `${word}@example.org`, client_secret: "SECRET", last_send_attempt: 1, validated_at: at });
  await insert("threepid_validation_session", { session_id: `SECRET-t${id}`, medium: "email", address: `not-theirs-CANARY-${id}@example.org`, client_secret: "SECRET", last_send_attempt: 1 });
  await insert("device_auth_providers", { user_id: user, device_id: word, auth_provider_id: "oidc", auth_provider_session_id: "SECRET" });
  await insert("monthly_active_users", { user_id: user, timestamp: at });
  await insert("access_tokens", { id: id * 10, user_id: user, device_id: word, token: `SECRET-a${id}`, valid_until_ms: at, last_validated: at, used: true });
  await insert("access_tokens", { id: id * 10 + 1, user_id: "@CANARY-admin:example.org", device_id: "CANARY-device", token: `SECRET-b${id}`, puppets_user_id: user, valid_until_ms: at + id });
  await insert("open_id_tokens", { token: `SECRET-o${id}`, ts_valid_until_ms: at + id, user_id: user });
  await insert("presence_stream", { stream_id: id, user_id: user, state: "online", last_active_ts: at, last_federation_update_ts: at, last_user_sync_ts: at, status_msg: word, currently_active: true });
  await insert("e2e_device_keys_json", { user_id: user, device_id: word, ts_added_ms: at, key_json: json });
  await insert("e2e_cross_signing_keys", { user_id: user, keytype: word, keydata: json, stream_id: id });
  await insert("e2e_cross_signing_signatures", { user_id: user, key_id: word, target_user_id: "@friend:example.org", target_device_id: word, signature: word });
  await insert("user_signature_stream", { stream_id: id, from_user_id: user, user_ids: JSON.stringify(["@friend:example.org", word]) });
  await insert("e2e_room_keys_versions", { user_id: user, version: 1, algorithm: word, auth_data: json, deleted: 0, etag: 3 });
  await insert("e2e_room_keys", { user_id: user, room_id: room, session_id: word, version: 1, first_message_index: 0, forwarded_count: 0, is_verified: true, session_data: json });
  await insert("ignored_users", { ignorer_user_id: user, ignored_user_id: "@troll:example.org" });
  await insert("user_filters", { user_id: word, full_user_id: user, filter_id: 0, filter_json: Buffer.from(json) });
  await insert("push_rules_stream", { stream_id: id, event_stream_ordering: 1, user_id: user, rule_id: word, op: "ADD", priority_class: 5, priority: 0, conditions: "[]", actions: json });
  await insert("rooms", { room_id: `!${word}:example.org`, creator: user, room_version: "10", is_public: true });
  const { eventId } = await event({ sender: "@friend:example.org", roomId: `!${word}:example.org`, eventId: `$thread-${word}` });
  await insert("thread_subscriptions", { stream_id: id, instance_name: "master", room_id: `!${word}:example.org`, event_id: eventId, user_id: user, subscribed: true, automatic: false });
  await insert("room_aliases", { room_alias: `#${word}:example.org`, room_id: `!${word}:example.org`, creator: user });
  await insert("blocked_rooms", { room_id: `!blocked-${word}:example.org`, user_id: user });
}

/** Tables of which only the number is given; `id` rows of some, so that the numbers differ from person to person. */
export async function countedRows({ insert }: SynapseRows, { user, word, id }: Omit<Voice, "json">): Promise<void> {
  await insert("refresh_tokens", { id, user_id: user, device_id: word, token: `SECRET-r${id}` });
  await insert("dehydrated_devices", { user_id: user, device_id: word, device_data: "SECRET" });
  await insert("device_inbox", { user_id: user, device_id: word, stream_id: id, message_json: '{"CANARY":"from others"}' });
  for (let key = 0; key <= id; key += 1) await insert("e2e_one_time_keys_json", { user_id: user, device_id: "D", algorithm: "curve", key_id: `k${key}`, ts_added_ms: at, key_json: '"SECRET"' });
  await insert("e2e_fallback_keys_json", { user_id: user, device_id: "D", algorithm: "curve", key_id: "k", key_json: '"SECRET"' });
  await insert("event_push_actions", { room_id: room, event_id: `$CANARY${id}`, user_id: user, actions: "[]", stream_ordering: id, topological_ordering: id, notif: 1, highlight: 0, unread: 0, thread_id: "main" });
  await insert("event_push_summary", { user_id: user, room_id: room, notif_count: 4, stream_ordering: 1, thread_id: "main" });
  await insert("user_directory", { user_id: user, display_name: word });
  await insert("threepid_guest_access_tokens", { medium: "email", address: `CANARY-guest${id}@example.org`, guest_access_token: `SECRET${id}`, first_inviter: user });
  await insert("user_stats_current", { user_id: user, joined_rooms: id + 2, completed_delta_stream_id: 1 });
}

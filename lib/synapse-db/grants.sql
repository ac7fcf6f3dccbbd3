-- The role the portal reads Synapse's database with. It can read what a copy of the kinds of personal data and the look
-- after an erasure need, column by column, no secret, and it can write nothing. Running it again brings the role up to
-- date and takes back what is not in the list. The same list as reads.ts; a test compares them. It touches no table that
-- is right already, so it can run while Synapse changes its own schema (its background updates do).
--
-- As superuser, in Synapse's database:   psql -d synapse -f grants.sql
-- Then give the role a password:         \password privacy_portal
-- Another name for the role:             psql -d synapse -c "SET portal.role = 'name'" -f grants.sql
DO $grants$
DECLARE
  reader name := coalesce(nullif(current_setting('portal.role', true), ''), 'privacy_portal');
  reader_id oid;
  here oid := (SELECT oid FROM pg_namespace WHERE nspname = current_schema());
  item record;
  listed text[] := '{}';
  missing text;
BEGIN
  IF to_regclass('event_json') IS NULL OR to_regclass('room_memberships') IS NULL THEN
    RAISE EXCEPTION 'This is not a Synapse database (there is no event_json or no room_memberships).';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = reader) THEN
    EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT CONNECTION LIMIT 20', reader);
  ELSIF EXISTS (SELECT FROM pg_roles WHERE rolname = reader AND rolsuper) THEN
    RAISE EXCEPTION 'The role % is a superuser: no grant can limit it. Choose another name.', reader;
  END IF;
  reader_id := (SELECT oid FROM pg_roles WHERE rolname = reader);
  -- Against accidents; the boundary is that no right to write is granted.
  EXECUTE format('ALTER ROLE %I SET default_transaction_read_only = on', reader);
  EXECUTE format('ALTER ROLE %I SET lock_timeout = ''10s''', reader);
  EXECUTE format('ALTER ROLE %I SET statement_timeout = ''1h''', reader);
  EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''1h''', reader);
  -- Nothing is granted on a whole table. Where there is nothing to take back, REVOKE would still write the table's row in
  -- the catalogue, and whoever alters that table at the moment, we or Synapse, would fail: "tuple concurrently updated".
  FOR item IN
    SELECT c.relname, CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS sort FROM pg_class c
      WHERE c.relnamespace = here AND EXISTS (SELECT FROM aclexplode(c.relacl) WHERE grantee = reader_id)
  LOOP
    EXECUTE format('REVOKE ALL ON %s %I FROM %I', item.sort, item.relname, reader);
  END LOOP;
  EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %I', current_schema(), reader);
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), reader);
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), reader);
  -- Of an older Synapse only what it has.
  FOR item IN
    SELECT wanted.name, wanted.columns FROM (VALUES
      ('users', ARRAY['name', 'creation_ts', 'admin', 'is_guest', 'appservice_id', 'user_type', 'deactivated', 'locked', 'suspended', 'approved', 'consent_version', 'consent_ts', 'consent_server_notice_sent']),
      ('erased_users', ARRAY['user_id']),
      ('account_validity', ARRAY['user_id', 'expiration_ts_ms', 'email_sent', 'token_used_ts_ms']),
      ('per_user_experimental_features', ARRAY['user_id', 'feature', 'enabled']),
      ('ratelimit_override', ARRAY['user_id', 'messages_per_second', 'burst_count']),
      ('profiles', ARRAY['full_user_id', 'displayname', 'avatar_url', 'fields']),
      ('profile_updates', ARRAY['user_id', 'action', 'affected_fields', 'inserted_ts', 'stream_id']),
      ('user_threepids', ARRAY['user_id', 'medium', 'address', 'validated_at', 'added_at']),
      ('user_threepid_id_server', ARRAY['user_id', 'medium', 'address', 'id_server']),
      ('user_external_ids', ARRAY['user_id', 'auth_provider', 'external_id']),
      ('threepid_validation_session', ARRAY['medium', 'address', 'validated_at', 'last_send_attempt']),
      ('devices', ARRAY['user_id', 'device_id', 'display_name', 'last_seen', 'ip', 'user_agent', 'hidden']),
      ('device_auth_providers', ARRAY['user_id', 'device_id', 'auth_provider_id']),
      ('access_tokens', ARRAY['user_id', 'device_id', 'valid_until_ms', 'last_validated', 'used', 'puppets_user_id', 'id']),
      ('open_id_tokens', ARRAY['user_id', 'ts_valid_until_ms']),
      ('user_ips', ARRAY['user_id', 'device_id', 'ip', 'user_agent', 'last_seen']),
      ('user_daily_visits', ARRAY['user_id', 'device_id', 'timestamp', 'user_agent']),
      ('monthly_active_users', ARRAY['user_id', 'timestamp']),
      ('presence_stream', ARRAY['user_id', 'state', 'status_msg', 'currently_active', 'last_active_ts', 'last_user_sync_ts', 'last_federation_update_ts', 'stream_id']),
      ('account_data', ARRAY['user_id', 'account_data_type', 'content']),
      ('room_account_data', ARRAY['user_id', 'room_id', 'account_data_type', 'content']),
      ('room_tags', ARRAY['user_id', 'room_id', 'tag', 'content']),
      ('ignored_users', ARRAY['ignorer_user_id', 'ignored_user_id']),
      ('user_filters', ARRAY['full_user_id', 'filter_id', 'filter_json', 'user_id']),
      ('push_rules', ARRAY['user_name', 'rule_id', 'priority_class', 'priority', 'conditions', 'actions']),
      ('push_rules_enable', ARRAY['user_name', 'rule_id', 'enabled']),
      ('push_rules_stream', ARRAY['user_id', 'op', 'rule_id', 'priority_class', 'priority', 'conditions', 'actions', 'stream_id']),
      ('thread_subscriptions', ARRAY['user_id', 'room_id', 'event_id', 'subscribed', 'automatic']),
      ('pushers', ARRAY['user_name', 'kind', 'app_id', 'app_display_name', 'device_display_name', 'device_id', 'profile_tag', 'lang', 'pushkey', 'ts', 'enabled', 'last_success', 'failing_since']),
      ('deleted_pushers', ARRAY['user_id', 'app_id', 'pushkey', 'stream_id']),
      ('room_memberships', ARRAY['event_id', 'user_id', 'room_id', 'membership', 'forgotten', 'display_name', 'avatar_url', 'sender']),
      ('local_current_membership', ARRAY['user_id', 'room_id', 'membership']),
      ('rooms', ARRAY['room_id', 'creator', 'room_version', 'is_public']),
      ('events', ARRAY['event_id', 'room_id', 'type', 'sender', 'state_key', 'stream_ordering', 'outlier', 'origin_server_ts', 'received_ts', 'rejection_reason', 'ctid']),
      ('event_json', ARRAY['event_id', 'json', 'internal_metadata', 'ctid']),
      ('rejections', ARRAY['event_id', 'reason']),
      ('redactions', ARRAY['event_id', 'redacts', 'have_censored', 'received_ts', 'recheck']),
      ('room_ban_redactions', ARRAY['room_id', 'user_id', 'redacting_event_id', 'redact_end_ordering']),
      ('room_stats_state', ARRAY['room_id', 'name', 'room_type', 'topic', 'avatar']),
      ('room_aliases', ARRAY['creator', 'room_alias', 'room_id']),
      ('blocked_rooms', ARRAY['user_id', 'room_id']),
      ('delayed_events', ARRAY['user_localpart', 'room_id', 'device_id', 'event_type', 'state_key', 'delay', 'send_ts', 'origin_server_ts', 'is_processed', 'sticky_duration_ms', 'content']),
      ('local_media_repository', ARRAY['user_id', 'media_id', 'media_type', 'media_length', 'created_ts', 'last_access_ts', 'upload_name', 'url_cache', 'authenticated', 'sha256', 'quarantined_by']),
      ('receipts_linearized', ARRAY['user_id', 'room_id', 'receipt_type', 'event_id', 'thread_id', 'data']),
      ('e2e_device_keys_json', ARRAY['user_id', 'device_id', 'ts_added_ms', 'key_json']),
      ('e2e_cross_signing_keys', ARRAY['user_id', 'keytype', 'keydata', 'updatable_without_uia_before_ms', 'stream_id']),
      ('e2e_cross_signing_signatures', ARRAY['user_id', 'key_id', 'target_user_id', 'target_device_id', 'signature']),
      ('user_signature_stream', ARRAY['from_user_id', 'user_ids', 'stream_id']),
      ('e2e_room_keys_versions', ARRAY['user_id', 'version', 'algorithm', 'auth_data', 'deleted', 'etag']),
      ('e2e_room_keys', ARRAY['user_id', 'version', 'room_id', 'session_id', 'first_message_index', 'forwarded_count', 'is_verified', 'session_data']),
      ('event_reports', ARRAY['id', 'user_id', 'room_id', 'event_id', 'received_ts', 'reason', 'content']),
      ('room_reports', ARRAY['id', 'user_id', 'room_id', 'received_ts', 'reason']),
      ('user_reports', ARRAY['id', 'user_id', 'target_user_id', 'received_ts', 'reason']),
      ('refresh_tokens', ARRAY['user_id']),
      ('dehydrated_devices', ARRAY['user_id']),
      ('device_inbox', ARRAY['user_id']),
      ('e2e_one_time_keys_json', ARRAY['user_id']),
      ('e2e_fallback_keys_json', ARRAY['user_id']),
      ('event_push_actions', ARRAY['user_id']),
      ('event_push_summary', ARRAY['user_id']),
      ('user_directory', ARRAY['user_id', 'display_name', 'avatar_url']),
      ('threepid_guest_access_tokens', ARRAY['first_inviter']),
      ('user_stats_current', ARRAY['user_id', 'joined_rooms']),
      ('users_pending_deactivation', ARRAY['user_id']),
      ('profile_updates_per_user', ARRAY['user_id']),
      ('user_directory_search', ARRAY['user_id']),
      ('users_in_public_rooms', ARRAY['user_id']),
      ('users_who_share_private_rooms', ARRAY['user_id', 'other_user_id']),
      ('device_lists_stream', ARRAY['user_id', 'device_id']),
      ('device_lists_outbound_last_success', ARRAY['user_id']),
      ('device_lists_outbound_pokes', ARRAY['user_id', 'device_id']),
      ('device_lists_changes_in_room', ARRAY['user_id', 'device_id']),
      ('room_tags_revisions', ARRAY['user_id']),
      ('users_to_send_full_presence_to', ARRAY['user_id']),
      ('sliding_sync_connections', ARRAY['user_id', 'effective_device_id']),
      ('sliding_sync_connection_lazy_members', ARRAY['user_id']),
      ('sliding_sync_connection_required_state', ARRAY['required_state']),
      ('event_search', ARRAY['event_id', 'sender']),
      ('event_relations', ARRAY['event_id', 'relates_to_id', 'relation_type', 'aggregation_key', 'ctid']),
      ('sticky_events', ARRAY['sender']),
      ('state_events', ARRAY['state_key', 'prev_state', 'ctid']),
      ('current_state_events', ARRAY['event_id', 'room_id', 'type', 'state_key', 'membership']),
      ('current_state_delta_stream', ARRAY['state_key', 'ctid']),
      ('state_groups_state', ARRAY['state_key', 'ctid']),
      ('event_auth_chain_to_calculate', ARRAY['state_key']),
      ('event_failed_pull_attempts', ARRAY['last_cause']),
      ('event_txn_id_device_id', ARRAY['user_id', 'device_id']),
      ('federation_inbound_events_staging', ARRAY['event_json', 'internal_metadata']),
      ('sliding_sync_membership_snapshots', ARRAY['user_id', 'sender', 'room_id', 'room_name']),
      ('sliding_sync_joined_rooms', ARRAY['room_id', 'room_name']),
      ('room_alias_servers', ARRAY['room_alias']),
      ('receipts_graph', ARRAY['user_id']),
      ('event_push_actions_staging', ARRAY['user_id']),
      ('local_media_repository_thumbnails', ARRAY['media_id']),
      ('local_media_repository_url_cache', ARRAY['media_id', 'og']),
      ('remote_media_cache', ARRAY['quarantined_by']),
      ('quarantined_media_changes', ARRAY['media_id']),
      ('scheduled_tasks', ARRAY['resource_id', 'params', 'result', 'error'])
    ) AS wanted (name, columns)
  LOOP
    listed := listed || (SELECT array_agg(format('%s.%s', item.name, name)) FROM unnest(item.columns) AS name);
    SELECT string_agg(quote_ident(a.attname), ', ') INTO missing FROM pg_attribute a
      WHERE a.attrelid = to_regclass(item.name) AND a.attname = ANY (item.columns) AND NOT a.attisdropped
        AND NOT EXISTS (SELECT FROM aclexplode(a.attacl) WHERE grantee = reader_id AND privilege_type = 'SELECT');
    IF missing IS NOT NULL THEN
      EXECUTE format('GRANT SELECT (%s) ON %I TO %I', missing, item.name, reader);
    END IF;
  END LOOP;
  FOR item IN
    SELECT c.relname, a.attname, p.privilege_type FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid, aclexplode(a.attacl) p
      WHERE c.relnamespace = here AND NOT a.attisdropped AND p.grantee = reader_id
        AND (p.privilege_type <> 'SELECT' OR format('%s.%s', c.relname, a.attname) <> ALL (listed))
  LOOP
    EXECUTE format('REVOKE %s (%I) ON %I FROM %I', item.privilege_type, item.attname, item.relname, reader);
  END LOOP;
END
$grants$;

-- Removes: which device sent a message, and the ids of its transaction and token. Seen on Synapse 1.160 and 1.163: they stay in
-- internal_metadata after redaction, censoring and erasure. Synapse uses them only to recognise a message it was just sent.
-- Stop Synapse first: it rewrites this column of events it still handles.
-- Review: SELECT count(*) FROM event_json WHERE event_id IN (SELECT event_id FROM events WHERE sender = :'mxid') AND internal_metadata::jsonb ?| ARRAY['device_id', 'txn_id', 'token_id'];
-- Run:    psql -d synapse -v mxid=@user:server -f sending-devices.sql
BEGIN;
UPDATE event_json SET internal_metadata = (internal_metadata::jsonb - 'device_id' - 'txn_id' - 'token_id')::text
  WHERE event_id IN (SELECT event_id FROM events WHERE sender = :'mxid') AND internal_metadata::jsonb ?| ARRAY['device_id', 'txn_id', 'token_id'];
COMMIT;

-- Removes: words of messages the person sent, from the search index. Seen on Synapse 1.160 and 1.163: a row of event_search keeps its
-- words after redaction, after censoring and after deactivation with erasure; only deleting the event removes it.
-- Effect: others no longer find these messages by search. The messages themselves are not touched.
-- Review: SELECT count(*) FROM event_search WHERE event_id IN (SELECT event_id FROM events WHERE sender = :'mxid');
-- Run:    psql -d synapse -v mxid=@user:server -f search-index.sql
BEGIN;
DELETE FROM event_search WHERE event_id IN (SELECT event_id FROM events WHERE sender = :'mxid');
COMMIT;

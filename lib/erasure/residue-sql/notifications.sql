-- Removes: which messages of others were to notify the person, and how many were unread. Seen on Synapse 1.160 and 1.163: what was highlighted
-- and the summaries are kept after erasure.
-- Review: SELECT (SELECT count(*) FROM event_push_actions WHERE user_id = :'mxid'), (SELECT count(*) FROM event_push_summary WHERE user_id = :'mxid');
-- Run:    psql -d synapse -v mxid=@user:server -f notifications.sql
BEGIN;
DELETE FROM event_push_actions WHERE user_id = :'mxid';
DELETE FROM event_push_summary WHERE user_id = :'mxid';
COMMIT;

-- Removes: the last presence with its status message. Seen on Synapse 1.160 and 1.163: the last row is kept after erasure.
-- Restart Synapse afterwards, it holds presence in memory.
-- Review: SELECT (SELECT count(*) FROM presence_stream WHERE user_id = :'mxid'), (SELECT count(*) FROM users_to_send_full_presence_to WHERE user_id = :'mxid');
-- Run:    psql -d synapse -v mxid=@user:server -f presence.sql
BEGIN;
DELETE FROM presence_stream WHERE user_id = :'mxid';
DELETE FROM users_to_send_full_presence_to WHERE user_id = :'mxid';
COMMIT;

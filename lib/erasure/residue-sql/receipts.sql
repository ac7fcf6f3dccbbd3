-- Removes: up to where the person had read, and when. Seen on Synapse 1.160 and 1.163: both tables keep it after erasure.
-- Effect: others no longer see these read marks after their next start.
-- Review: SELECT (SELECT count(*) FROM receipts_linearized WHERE user_id = :'mxid'), (SELECT count(*) FROM receipts_graph WHERE user_id = :'mxid');
-- Run:    psql -d synapse -v mxid=@user:server -f receipts.sql
BEGIN;
DELETE FROM receipts_linearized WHERE user_id = :'mxid';
DELETE FROM receipts_graph WHERE user_id = :'mxid';
COMMIT;

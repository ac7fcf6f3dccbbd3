-- Removes: the log of changes to the person's devices. Seen on Synapse 1.160 and 1.163: the last row of each device stays. Run it a day after
-- the erasure, when other servers have been told that the devices are gone: Synapse reads the log for that.
-- Review: SELECT (SELECT count(*) FROM device_lists_stream WHERE user_id = :'mxid'), (SELECT count(*) FROM device_lists_outbound_last_success WHERE user_id = :'mxid');
-- Run:    psql -d synapse -v mxid=@user:server -f device-log.sql
BEGIN;
DELETE FROM device_lists_stream WHERE user_id = :'mxid';
DELETE FROM device_lists_outbound_last_success WHERE user_id = :'mxid';
COMMIT;

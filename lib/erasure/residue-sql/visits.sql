-- Removes: on which days the person used the server, with which device and program. Seen on Synapse 1.160 and 1.163: user_daily_visits
-- is never emptied. Effect: statistics of past days count one person less.
-- Review: SELECT count(*) FROM user_daily_visits WHERE user_id = :'mxid';
-- Run:    psql -d synapse -v mxid=@user:server -f visits.sql
BEGIN;
DELETE FROM user_daily_visits WHERE user_id = :'mxid';
COMMIT;

-- Removes: what the person's apps had asked the server to leave out. Seen on Synapse 1.160 and 1.163: user_filters is not part of what
-- deactivation empties.
-- Review: SELECT count(*) FROM user_filters WHERE full_user_id = :'mxid';
-- Run:    psql -d synapse -v mxid=@user:server -f filters.sql
BEGIN;
DELETE FROM user_filters WHERE full_user_id = :'mxid';
COMMIT;

-- Removes: where notifications were sent to: keys of apps, and the mail address where mail was on. Seen on Synapse 1.160 and 1.163:
-- deactivation itself copies every pusher into deleted_pushers, which is never emptied.
-- Review: SELECT count(*) FROM deleted_pushers WHERE user_id = :'mxid';
-- Run:    psql -d synapse -v mxid=@user:server -f removed-pushers.sql
BEGIN;
DELETE FROM deleted_pushers WHERE user_id = :'mxid';
COMMIT;

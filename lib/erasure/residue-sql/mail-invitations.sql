-- Removes: that the person invited somebody by mail, with that address. Seen in Synapse's source: never deleted.
-- Effect: a guest who was invited and has not come yet is no longer recognised.
-- Review: SELECT count(*) FROM threepid_guest_access_tokens WHERE first_inviter = :'mxid';
-- Run:    psql -d synapse -v mxid=@user:server -f mail-invitations.sql
BEGIN;
DELETE FROM threepid_guest_access_tokens WHERE first_inviter = :'mxid';
COMMIT;

-- Removes: tokens with which the person proved to other services who they are. Seen on Synapse 1.160 and 1.163: nothing ever deletes them, and
-- they are good for an hour even after erasure.
-- Review: SELECT count(*) FROM open_id_tokens WHERE user_id = :'mxid';
-- Run:    psql -d synapse -v mxid=@user:server -f openid-proofs.sql
BEGIN;
DELETE FROM open_id_tokens WHERE user_id = :'mxid';
COMMIT;

-- Removes: the public keys of the account, whom the person had verified with them, and the hidden devices that stand for them. Seen on
-- Synapse 1.160 and 1.163: cross-signing keys and signatures stay after erasure. What others signed about the person is theirs and stays.
-- Review: SELECT (SELECT count(*) FROM e2e_cross_signing_keys WHERE user_id = :'mxid'), (SELECT count(*) FROM e2e_cross_signing_signatures WHERE user_id = :'mxid'),
--           (SELECT count(*) FROM user_signature_stream WHERE from_user_id = :'mxid'), (SELECT count(*) FROM devices WHERE user_id = :'mxid' AND hidden);
-- Run:    psql -d synapse -v mxid=@user:server -f keys.sql
BEGIN;
DELETE FROM e2e_cross_signing_keys WHERE user_id = :'mxid';
DELETE FROM e2e_cross_signing_signatures WHERE user_id = :'mxid';
DELETE FROM user_signature_stream WHERE from_user_id = :'mxid';
DELETE FROM devices WHERE user_id = :'mxid' AND hidden;
COMMIT;

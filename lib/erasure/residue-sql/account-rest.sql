-- Removes: switches, counters and emptied entries of the account that nothing reads once it is deactivated: how many rooms it was in, features
-- that were tried out on it, until when it was valid, which fields of its profile changed. Seen on Synapse 1.160 and 1.163: none of them
-- goes. Seen on 1.142: the emptied profile and its entry in the directory stay too, with profile fields people had made up themselves.
-- Review: SELECT (SELECT count(*) FROM user_stats_current WHERE user_id = :'mxid'), (SELECT count(*) FROM per_user_experimental_features WHERE user_id = :'mxid'),
--           (SELECT count(*) FROM account_validity WHERE user_id = :'mxid'), (SELECT count(*) FROM profile_updates WHERE user_id = :'mxid'),
--           (SELECT count(*) FROM profiles WHERE full_user_id = :'mxid'), (SELECT count(*) FROM user_directory WHERE user_id = :'mxid');
-- Run:    psql -d synapse -v mxid=@user:server -f account-rest.sql   (leave out the line of a table that an older Synapse does not have)
BEGIN;
DELETE FROM user_stats_current WHERE user_id = :'mxid';
DELETE FROM per_user_experimental_features WHERE user_id = :'mxid';
DELETE FROM account_validity WHERE user_id = :'mxid';
DELETE FROM profile_updates WHERE user_id = :'mxid';
DELETE FROM profiles WHERE full_user_id = :'mxid';
DELETE FROM user_directory WHERE user_id = :'mxid';
DELETE FROM user_directory_search WHERE user_id = :'mxid';
COMMIT;

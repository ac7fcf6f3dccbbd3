-- Removes: labels the person had put on rooms (favourites, their own words). Seen on Synapse 1.160 and 1.163: room_tags is not part of what
-- deactivation empties.
-- Review: SELECT (SELECT count(*) FROM room_tags WHERE user_id = :'mxid'), (SELECT count(*) FROM room_tags_revisions WHERE user_id = :'mxid');
-- Run:    psql -d synapse -v mxid=@user:server -f labels.sql
BEGIN;
DELETE FROM room_tags WHERE user_id = :'mxid';
DELETE FROM room_tags_revisions WHERE user_id = :'mxid';
COMMIT;

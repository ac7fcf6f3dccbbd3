-- Removes: names and pictures the person had in rooms. Seen on Synapse 1.160 and 1.163: erasure empties the membership events of rooms
-- joined at that time, and leaves both columns of room_memberships in every room.
-- Effect: lists of former members show the Matrix ID. That the person was there stays.
-- Review: SELECT count(*) FROM room_memberships WHERE user_id = :'mxid' AND (display_name IS NOT NULL OR avatar_url IS NOT NULL);
-- Run:    psql -d synapse -v mxid=@user:server -f membership-names.sql
BEGIN;
UPDATE room_memberships SET display_name = NULL, avatar_url = NULL
  WHERE user_id = :'mxid' AND (display_name IS NOT NULL OR avatar_url IS NOT NULL);
COMMIT;

-- Removes: who gave a room its addresses. Seen on Synapse 1.160 and 1.163: room_aliases.creator stays after erasure.
-- Effect: the address goes on to work for everybody; only administrators of the room can remove it.
-- Review: SELECT count(*) FROM room_aliases WHERE creator = :'mxid';
-- Run:    psql -d synapse -v mxid=@user:server -f room-addresses.sql
BEGIN;
UPDATE room_aliases SET creator = NULL WHERE creator = :'mxid';
COMMIT;

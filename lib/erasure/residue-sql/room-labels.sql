-- Removes: names, topics and pictures of rooms that the person set and that were redacted since. Seen on Synapse 1.163: the redaction
-- empties the event and not the copies in room_stats_state (the room directory) and in the tables of sliding sync.
-- Effect: the room has no such label until somebody sets a new one, as its redacted event already says.
-- Review: SELECT c.type, count(*) FROM current_state_events c JOIN events e USING (event_id) WHERE c.state_key = '' AND e.sender = :'mxid'
--           AND c.type IN ('m.room.name', 'm.room.topic', 'm.room.avatar') AND EXISTS (SELECT FROM redactions r WHERE r.redacts = c.event_id) GROUP BY 1;
-- Run:    psql -d synapse -v mxid=@user:server -f room-labels.sql
BEGIN;
CREATE TEMPORARY TABLE redacted_labels ON COMMIT DROP AS
  SELECT c.room_id, c.type FROM current_state_events c JOIN events e USING (event_id)
  WHERE c.state_key = '' AND e.sender = :'mxid' AND EXISTS (SELECT FROM redactions r WHERE r.redacts = c.event_id);
UPDATE room_stats_state SET name = NULL WHERE name IS NOT NULL AND room_id IN (SELECT room_id FROM redacted_labels WHERE type = 'm.room.name');
UPDATE room_stats_state SET topic = NULL WHERE topic IS NOT NULL AND room_id IN (SELECT room_id FROM redacted_labels WHERE type = 'm.room.topic');
UPDATE room_stats_state SET avatar = NULL WHERE avatar IS NOT NULL AND room_id IN (SELECT room_id FROM redacted_labels WHERE type = 'm.room.avatar');
UPDATE sliding_sync_joined_rooms SET room_name = NULL WHERE room_name IS NOT NULL AND room_id IN (SELECT room_id FROM redacted_labels WHERE type = 'm.room.name');
UPDATE sliding_sync_membership_snapshots SET room_name = NULL WHERE room_name IS NOT NULL AND room_id IN (SELECT room_id FROM redacted_labels WHERE type = 'm.room.name');
COMMIT;

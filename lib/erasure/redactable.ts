/** What the homeserver's own redaction job covers, joins of `m.room.member` besides. */
export const sweptTypes = ["m.room.message", "m.room.encrypted"] as const;

/**
 * State that makes a room work for those who stay: without it a room has no rules, no encryption, no doors or no successor.
 * It says nothing of a person but that they set it, so it is not redacted; the certificate counts it.
 */
export const keptTypes = [
  "m.room.create",
  "m.room.power_levels",
  "m.room.join_rules",
  "m.room.history_visibility",
  "m.room.guest_access",
  "m.room.encryption",
  "m.room.server_acl",
  "m.room.tombstone",
  "m.room.canonical_alias",
  "m.space.child",
  "m.space.parent",
] as const;

/** Not redacted either: in rooms before version 11 a redacted redaction no longer says what it redacts. */
export const actTypes = ["m.room.redaction"] as const;

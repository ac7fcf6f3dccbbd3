/** Why something is still there after an erasure, and who or what removes it. Words under erasure.residue.<code>. */
export interface Reason {
  /** Ground on which it stays; null where none is needed, because it can go or will. */
  readonly law: string | null;
  /** Statement in residue-sql that removes it. */
  readonly sql: string | null;
  /** Days after which it is gone by itself, as Synapse is delivered; null: it is not. */
  readonly days: number | null;
}

const stays = (law: string): Reason => ({ law, sql: null, days: null });
const operator = (sql: string): Reason => ({ law: null, sql, days: null });
const goes = (days: number): Reason => ({ law: null, sql: null, days });

export const reasons = {
  // What others said, did and received (Art. 17(3)(a)), and the index of it: without it their rooms would break.
  conversation: stays("Art. 17(3)(a)"),
  conversation_index: stays("Art. 17(3)(a)"),
  others_choice: stays("Art. 17(3)(a)"),
  messages: stays("Art. 17(3)(a)"),
  too_old: stays("Art. 17(3)(a)"),
  not_redacted: stays("Art. 17(3)(a)"),
  // So that nobody takes the name and is taken for the person (Art. 32).
  name_taken: stays("Art. 17(3)(b)"),
  security: stays("Art. 17(3)(b)"),
  moderation: stays("Art. 17(3)(e)"),
  hidden_by_ban: stays("Art. 17(3)(e)"),
  search_index: operator("search-index"),
  membership_names: operator("membership-names"),
  sending_devices: operator("sending-devices"),
  room_labels: operator("room-labels"),
  room_addresses: operator("room-addresses"),
  visits: operator("visits"),
  account_rest: operator("account-rest"),
  removed_pushers: operator("removed-pushers"),
  receipts: operator("receipts"),
  presence: operator("presence"),
  labels: operator("labels"),
  filters: operator("filters"),
  keys: operator("keys"),
  device_log: operator("device-log"),
  notifications: operator("notifications"),
  openid_proofs: operator("openid-proofs"),
  mail_checks: operator("mail-checks"),
  mail_invitations: operator("mail-invitations"),
  censored_soon: goes(7),
  queue: goes(1),
  sync_state: goes(8),
  task_log: goes(8),
  sign_in_log: goes(28),
  monthly: goes(31),
  device_changes: goes(31),
  link_previews: goes(31),
  // The portal's role may not read these: secrets, letters of others on their way, and what is there for hours only.
  unread_queue: goes(1),
  unread_sign_in: goes(2),
  unread_cache_log: goes(8),
  unread_directory: goes(8),
  unread_inbox: stays("Art. 17(3)(a)"),
  unread_invitations: stays("Art. 17(3)(a)"),
  media_unseen: { law: null, sql: null, days: null },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof reasons;

export function reasonOf(code: string): Reason {
  const reason = (reasons as Readonly<Record<string, Reason>>)[code];
  if (!reason) throw new TypeError(`no reason ${code}`);
  return reason;
}

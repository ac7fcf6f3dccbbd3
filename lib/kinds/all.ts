import { account } from "#lib/kinds/account.ts";
import { accountData } from "#lib/kinds/account-data.ts";
import { backfilledOwn } from "#lib/kinds/backfilled-own.ts";
import { counts } from "#lib/kinds/counts.ts";
import { delayedEvents } from "#lib/kinds/delayed-events.ts";
import { devices } from "#lib/kinds/devices.ts";
import { encryptionKeys } from "#lib/kinds/encryption-keys.ts";
import { keyBackup } from "#lib/kinds/key-backup.ts";
import type { Kind, KindId } from "#lib/kinds/kind.ts";
import { media } from "#lib/kinds/media.ts";
import { messages } from "#lib/kinds/messages.ts";
import { ownRooms } from "#lib/kinds/own-rooms.ts";
import { portal } from "#lib/kinds/portal.ts";
import { presence } from "#lib/kinds/presence.ts";
import { profile } from "#lib/kinds/profile.ts";
import { pushRules } from "#lib/kinds/push-rules.ts";
import { pushers } from "#lib/kinds/pushers.ts";
import { receipts } from "#lib/kinds/receipts.ts";
import { reports } from "#lib/kinds/reports.ts";
import { reportsAbout } from "#lib/kinds/reports-about.ts";
import { rooms } from "#lib/kinds/rooms.ts";
import { sessions } from "#lib/kinds/sessions.ts";
import { signIns } from "#lib/kinds/sign-ins.ts";
import { threepids } from "#lib/kinds/threepids.ts";

/** Every kind of personal data, in the order of the package. */
export const kinds: readonly Kind[] = [
  account, profile, threepids,
  devices, signIns, sessions, presence,
  accountData, pushRules, pushers,
  rooms, ownRooms, messages, delayedEvents, media, receipts,
  encryptionKeys, keyBackup,
  reports, reportsAbout,
  counts, portal,
  backfilledOwn,
];

export function kindById(id: KindId): Kind {
  const kind = kinds.find((candidate) => candidate.id === id);
  if (!kind) throw new TypeError(`no kind ${id}`);
  return kind;
}

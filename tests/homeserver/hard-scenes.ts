import { logIn, type MatrixClient } from "#tests/world/client.ts";
import { seg } from "#tests/world/http.ts";
import { plantAccount, plantEvent } from "#tests/world/plant.ts";
import { waitFor } from "#tests/world/wait.ts";
import { benReadsBack, bothHave, openRoom, purge, purgeHistoryUpTo, secondServerSees, talk, type TwoServers } from "./federation-scenes.ts";

/** Accounts whose ids no API gives out any more: capitals, a space, a slash. They sign in and speak like anybody. */
export interface Hard {
  readonly two: TwoServers;
  /** `@Sara:…`, who is not `@sara:…`. */
  readonly twin: MatrixClient;
  /** `@Åke Ö/st:…` */
  readonly ake: MatrixClient;
  /** Will be erased. */
  readonly mona: MatrixClient;
  /** By the names of the scenes below. */
  readonly rooms: Record<string, string>;
}

export async function hardPeople(two: TwoServers): Promise<Hard> {
  const { first, sara, db } = two;
  const old = async (localpart: string) => {
    const mxid = `@${localpart}:${first.serverName}`;
    await plantAccount(db, { mxid, like: sara.mxid, displayName: `${localpart}NameCanary` });
    return logIn(first.baseUrl, mxid, "elderflower", { name: `${localpart}DeviceCanary` });
  };
  const [twin, ake] = [await old("Sara"), await old("Åke Ö/st")];
  const mona = await logIn(first.baseUrl, (await first.registerUser({ name: "mona", password: "elderflower", displayName: "monaNameCanary" })).mxid, "elderflower", { name: "monaDeviceCanary" });
  return { two, twin, ake, mona, rooms: {} };
}

/** Who may read what changes under way, by the owner of the room and by Sara herself; then she leaves and it goes on. */
export async function visibilityChanges({ two, rooms }: Hard): Promise<void> {
  const room = (rooms["visibility"] = await openRoom(two, "Visibility", { sara: 100 }));
  for (const [index, setting] of ["joined", "world_readable", "invited", "shared"].entries()) {
    const who = index % 2 === 0 ? two.olaf : two.sara;
    await bothHave(two, room, await who.state(room, "m.room.history_visibility", { history_visibility: setting }));
    await talk(room, [two.sara], `Visibility${setting.replace("_", "")}`, 1);
    await bothHave(two, room, await talk(room, [two.olaf], `Visibility${setting.replace("_", "")}`, 1));
  }
  await two.sara.leave(room);
  await secondServerSees(two, room, "leave");
  await talk(room, [two.olaf, two.pia], "VisibilityAfter", 4);
  await benReadsBack(two, room);
}

/** Thrown out, back, banned, let in again, gone: each step by somebody else, on the other server. Her twin stays, or ours would hear of nothing. */
export async function inAndOut({ two, twin, rooms }: Hard): Promise<void> {
  const { olaf, sara } = two;
  const room = (rooms["inAndOut"] = await openRoom(two, "InAndOut"));
  await getsIn(two, twin, room);
  await twin.say(room, "SaraInAndOutCanary");
  await olaf.kick(room, sara.mxid, "olafKickReason");
  await becomes(two, room, "leave");
  await talk(room, [olaf], "InAndOutKicked", 2);
  await getsIn(two, sara, room);
  await bothHave(two, room, await talk(room, [sara], "InAndOutBack", 2));
  await olaf.ban(room, sara.mxid, "olafBanReason");
  await becomes(two, room, "ban");
  await talk(room, [olaf, two.pia], "InAndOutBanned", 3);
  await olaf.unban(room, sara.mxid);
  await becomes(two, room, "leave");
  await olaf.invite(room, sara.mxid, "olafInviteReason");
  await becomes(two, room, "invite");
  await getsIn(two, sara, room);
  await bothHave(two, room, await talk(room, [sara], "InAndOutAgain", 1));
  await sara.leave(room);
  await secondServerSees(two, room, "leave");
  await talk(room, [olaf], "InAndOutGone", 2);
  await benReadsBack(two, room);
}

/** Out-of-band memberships: outliers that arrived live. Knocked and let in; knocked and refused; invited and declined. */
export async function atTheDoor({ two, rooms }: Hard): Promise<void> {
  const { olaf, sara, second } = two;
  const rule = { type: "m.room.join_rules", state_key: "", content: { join_rule: "knock" } };
  const found = (name: string) => olaf.createRoom({ preset: "private_chat", name: `olaf${name}RoomCanary`, initial_state: [rule] });
  const knock = (room: string) => sara.call("POST", `/_matrix/client/v3/knock/${seg(room)}?server_name=${seg(second.serverName)}&via=${seg(second.serverName)}`, { reason: "saraKnockReason" });
  const [letIn, refused, declined] = await Promise.all([found("LetIn"), found("Refused"), found("Declined")]);
  Object.assign(rooms, { letIn, refused, declined });
  await knock(letIn);
  await secondServerSees(two, letIn, "knock");
  await olaf.invite(letIn, sara.mxid, "olafInviteReason");
  await becomes(two, letIn, "invite");
  await getsIn(two, sara, letIn);
  await talk(letIn, [sara], "LetIn", 2);
  await knock(refused);
  await secondServerSees(two, refused, "knock");
  await olaf.kick(refused, sara.mxid, "olafRefusalReason");
  await talk(refused, [olaf], "Refused", 1);
  await olaf.invite(declined, sara.mxid, "olafInviteReason");
  await becomes(two, declined, "invite");
  await sara.leave(declined, "saraDeclineReason");
}

export async function forgotten({ two, rooms }: Hard): Promise<void> {
  const room = (rooms["forgotten"] = await openRoom(two, "Forgotten"));
  await two.sara.leave(room);
  await two.sara.call("POST", `/_matrix/client/v3/rooms/${seg(room)}/forget`, {});
}

/** One room after the other by upgrade, from version 1 to 12, whose id names no server; Olaf speaks in each. */
export async function upgrades({ two, rooms }: Hard): Promise<void> {
  const { sara, olaf, first } = two;
  let room = await sara.createRoom({ preset: "public_chat", name: "Ladder", room_version: "1" });
  for (let version = 1; ; version += 1) {
    rooms[`v${version}`] = room;
    await sara.say(room, `saraLadder${version}Canary`);
    if (version % 4 === 0) {
      await olaf.join(room, first.serverName);
      await bothHave(two, room, await olaf.say(room, `olafLadder${version}Canary`));
    }
    const gone = await sara.say(room, `saraLadder${version}GoneCanary`);
    await sara.redact(room, gone);
    if (version === 12) return;
    const { replacement_room: next } = await sara.call<{ replacement_room: string }>("POST", `/_matrix/client/v3/rooms/${seg(room)}/upgrade`, { new_version: String(version + 1) });
    room = next;
  }
}

/** What a purge kept as outliers is met again by reading back: no outlier any more, and still live. */
export async function outliersMetAgain({ two, rooms }: Hard): Promise<void> {
  const { ben, olaf } = two;
  const room = (rooms["metAgain"] = await openRoom(two, "MetAgain"));
  const upTo = await talk(room, [olaf], "MetAgainBetween", 2);
  await bothHave(two, room, upTo);
  await getsIn(two, ben, room);
  await purgeHistoryUpTo(two, room, upTo, "stays");
  await benReadsBack(two, room);
}

/** Forgotten by the server and joined by the subject again: the old words are history, the new ones live; the twin's and Åke's too. */
export async function purgedAndRejoined({ two, twin, ake, rooms }: Hard): Promise<void> {
  const { sara } = two;
  const room = (rooms["rejoined"] = await openRoom(two, "Rejoined"));
  for (const who of [twin, ake]) {
    await getsIn(two, who, room);
    await bothHave(two, room, await who.say(room, `${who === twin ? "Sara" : "ake"}RejoinedCanary`));
  }
  // A redaction that is here before its target: the target comes back as history only later.
  const { rows } = await two.db.query<{ event_id: string }>("SELECT event_id FROM events WHERE room_id = $1 AND sender = $2 AND type = 'm.room.message' ORDER BY stream_ordering LIMIT 1", [room, sara.mxid]);
  for (const who of [sara, twin, ake]) {
    await who.leave(room);
    // One that came late would fork the room, and what fills such a gap is no history but news.
    await secondServerSees(two, room, "leave", who.mxid);
  }
  await purge(two, room);
  await getsIn(two, sara, room);
  const redaction = await two.olaf.redact(room, rows[0]?.event_id ?? "", "olafRedactionReason");
  // Synapse shows nobody a redaction whose target it does not know: only the table tells that it is here.
  await waitFor("the redaction to arrive before its target", async () => (await two.db.query("SELECT FROM redactions WHERE event_id = $1", [redaction])).rowCount === 1);
  await bothHave(two, room, await talk(room, [sara], "RejoinedLive", 3));
  await getsIn(two, ake, room);
  await bothHave(two, room, await ake.say(room, "akeRejoinedLiveCanary"));
  await benReadsBack(two, room);
}

/** Mona speaks, Sara answers, Mona's account is erased. */
export async function erasedSender({ two, mona, rooms }: Hard): Promise<void> {
  const room = (rooms["erased"] = await openRoom(two, "Erased"));
  await getsIn(two, mona, room);
  await talk(room, [mona, two.sara, mona], "Erased", 3);
  await two.admin.deactivate(mona.mxid, true);
  await waitFor("Mona to have left", async () => (await two.db.query("SELECT FROM events WHERE room_id = $1 AND sender = $2 AND type = 'm.room.member' AND stream_ordering = (SELECT max(stream_ordering) FROM events WHERE sender = $2)", [room, mona.mxid])).rowCount === 1);
}

/** The other server never hears of the leave; ours forgets the room, comes back by Ben and believes that Sara is in it. */
export async function resurrected({ two, rooms }: Hard): Promise<void> {
  const room = (rooms["resurrected"] = await openRoom(two, "Resurrected"));
  await two.second.stop();
  await two.sara.leave(room);
  await purge(two, room);
  await two.second.start();
  await talk(room, [two.olaf], "ResurrectedAfter", 2);
  await benReadsBack(two, room);
}

/** Own rows that stay out. Nobody's own server rejects or soft-fails what they send, so these are put there by hand. */
export const plantedOut = [
  ["SoftFailed", { softFailed: true }],
  ["Rejected", { rejected: true }],
  ["OldRejected", { backfilled: true, rejected: true }],
  ["OldOutlier", { backfilled: true, outlier: true }],
  ["OldSoftFailed", { backfilled: true, softFailed: true }],
] as const;

export async function planted({ two: { db, sara }, rooms }: Hard): Promise<void> {
  const row = (name: string, odd: object) => plantEvent(db, { room: rooms["forgotten"] ?? "", sender: sara.mxid, content: `{"body":"sara${name}Canary","msgtype":"m.text"}`, ...odd });
  for (const [name, odd] of [...plantedOut, ["LiveOutlier", { outlier: true }] as const]) await row(name, odd);
}

/** Shortly after a purge or a kick the two servers may disagree; whoever asks again gets in. */
async function getsIn({ second }: TwoServers, who: MatrixClient, room: string): Promise<void> {
  await waitFor(`${who.mxid} to get in`, () => who.join(room, second.serverName).then(() => true, () => false));
}

/** Resolves when Sara's own server knows what she has become in a room. */
async function becomes({ db, sara }: TwoServers, room: string, membership: string): Promise<void> {
  await waitFor(`Sara's server to see her ${membership}`, async () => {
    const { rows } = await db.query<{ membership: string }>("SELECT membership FROM local_current_membership WHERE room_id = $1 AND user_id = $2", [room, sara.mxid]);
    return rows[0]?.membership === membership;
  });
}

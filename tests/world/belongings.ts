import { randomUUID } from "node:crypto";
import { logIn } from "./client.ts";
import { seg } from "./http.ts";
import { setUpKeys } from "./keys.ts";
import type { CastName, Files, Person, Room, RoomName, Stage } from "./world.ts";

const phone = "Element/1.6.30 (Fairphone 5; Android 15; MatrixAndroidSdk2 1.6.30)";
const laptop = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Element/1.12.3 Chrome/142.0 Electron/39.1";

/** What everyone keeps outside the rooms: a second device, settings, keywords, presence, profile fields. */
export async function settleIn(stage: Stage, person: Person, baseUrl: string): Promise<void> {
  const { mark } = stage;
  const me = person.client;
  const first = person.displayName.split(" ")[0] ?? person.name;
  const second = await logIn(baseUrl, person.mxid, person.password, { name: mark(person.name, "device name", `${first}'s laptop`), userAgent: laptop });
  await second.sync();
  await me.call("PUT", `/_matrix/client/v3/devices/${me.deviceId}`, { display_name: mark(person.name, "device name", `${first}'s phone`) });
  await me.profile("m.tz", "Europe/Stockholm");
  await me.profile("example.garden.plot", mark(person.name, "profile field", "allotment"));
  await me.accountData("example.garden.notes", { note: mark(person.name, "account data", "Order seeds before March") });
  await me.pushRule("content", mark(person.name, "push rule id", "watering").replace(" ", "-"), {
    pattern: mark(person.name, "keyword", "watering"),
    actions: ["notify", { set_tweak: "highlight" }],
  });
  await me.presence(mark(person.name, "status message", "Among the beans"));
  await me.call("POST", `/_matrix/client/v3/user/${encodeURIComponent(person.mxid)}/filter`, { room: { timeline: { limit: 20 } }, event_fields: [mark(person.name, "filter", "content")] });
  await setUpKeys(stage, person);
  await me.openIdToken();
  await me.pusher({
    kind: "http",
    app_id: "example.garden.android",
    app_display_name: "Element",
    device_display_name: mark(person.name, "pusher device name", `${first}'s phone`),
    pushkey: mark(person.name, "pushkey", "pk", { fate: "gone" }).replace(" ", ""),
    lang: "en",
    profile_tag: "",
    data: { url: "http://127.0.0.1:9/_matrix/push/v1/notify", format: "event_id_only" },
  });
}

/** The rest of what Rosa has done over the years. */
export async function rosasOwn(stage: Stage, rooms: Readonly<Record<RoomName, Room>>, files: Files): Promise<void> {
  const { people, mark, landmarks, admin } = stage;
  const { rosa, otto } = people;
  const me = rosa.client;
  await me.tag(rooms.garden.id, "m.favourite", 0.25);
  await me.tag(rooms.committee.id, `u.${mark("rosa", "tag", "harvest").replace(" ", "-")}`, 0.5);
  await me.roomAccountData(rooms.garden.id, "example.garden.colour", { colour: mark("rosa", "room account data", "tomato red") });
  await me.pushRule("room", rooms.committee.id, { actions: ["notify"] });
  await me.pushRule("sender", otto.mxid, { actions: [] });
  await me.reportRoom(rooms.kicked.id, mark("rosa", "room report", "Run like a small kingdom"));
  await me.reportUser(otto.mxid, mark("rosa", "user report", "Threatened several radishes"));
  await me.report(rooms.garden.id, landmarks.reported, mark("rosa", "event report", "Upside-down radishes are a threat"));
  // Others report Rosa: data about her that names them, and never hers to receive (rights of others).
  await otto.client.reportUser(rosa.mxid, mark("otto", "user report", "Feeds a fox"));
  await otto.client.report(rooms.garden.id, landmarks.firstMessage, mark("otto", "event report", "Boasts about tomatoes"));
  await otto.client.accountData("m.ignored_user_list", { ignored_users: { [rosa.mxid]: {} } });
  await me.accountData("m.ignored_user_list", { ignored_users: { [otto.mxid]: {} } });
  await me.profile("avatar_url", files.avatar);
  // Messages to be sent tomorrow (MSC4140), addresses of a room, and an administrator who signs in as her.
  for (const person of [rosa, people.ben]) {
    const later = { msgtype: "m.text", body: mark(person.name, "delayed message", "Do not forget the beans") };
    await person.client.call("PUT", `/_matrix/client/v3/rooms/${seg(rooms.committee.id)}/send/m.room.message/${randomUUID()}?org.matrix.msc4140.delay=80000000`, later);
    const alias = `#${mark(person.name, "room address", `plot-of-${person.name}`).replace(" ", "-")}${person.mxid.slice(person.mxid.indexOf(":"))}`;
    await person.client.call("PUT", `/_matrix/client/v3/directory/room/${seg(alias)}`, { room_id: rooms.garden.id });
  }
  await admin.call("POST", `/_synapse/admin/v1/users/${seg(rosa.mxid)}/login`, { valid_until_ms: Date.now() + 3_600_000 });
}

/** User agents of the first devices, by person. */
export const firstUserAgent = (name: CastName): string => `${phone} ${name}`;

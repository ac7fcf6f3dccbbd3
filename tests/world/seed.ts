import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { adminApi } from "./admin.ts";
import { rosasOwn, settleIn } from "./belongings.ts";
import { type Mark, marker } from "./canary.ts";
import { logIn } from "./client.ts";
import { gatherPeople, password } from "./people.ts";
import { plantAccount, plantMailPusher } from "./plant.ts";
import { committee } from "./rooms/committee.ts";
import { doors } from "./rooms/doors.ts";
import { garden } from "./rooms/garden.ts";
import { direct, elsewhere, secret, space } from "./rooms/quiet.ts";
import { settle } from "./settle.ts";
import type { Landmarks, Person, Room, RoomName, Stage, World } from "./world.ts";

/** What seeding needs of a homeserver; tests/harness/synapse.ts gives it. */
export interface Ground {
  readonly serverName: string;
  readonly baseUrl: string;
  readonly databaseUrl: string;
  registerUser(user: { name: string; password: string; admin: boolean; displayName: string }): Promise<{ mxid: string; accessToken: string }>;
}

export interface SeedOptions {
  readonly progress?: (line: string) => void;
  /** Unique markers in every field of everybody. */
  readonly canaries?: boolean;
}

/** Fills an empty homeserver with the story, over HTTP as its people would, and waits until all of it is written down. */
export async function seedWorld(synapse: Ground, options: SeedOptions = {}): Promise<World> {
  const progress = options.progress ?? (() => undefined);
  const { mark, canaries } = marker(options.canaries ? randomBytes(3).toString("hex") : null);
  const db = new Client({ connectionString: synapse.databaseUrl });
  await db.connect();
  try {
    progress("registering people");
    const keeper = await synapse.registerUser({ name: "keeper", password, admin: true, displayName: "Keeper of the server" });
    const admin = adminApi(synapse.baseUrl, keeper.accessToken);
    const people = await gatherPeople(synapse.baseUrl, synapse.registerUser, admin, mark);
    const oddities = await plantOddities(db, synapse.serverName, people.rosa, mark);
    const stage: Stage = { people, admin, mark, landmarks: {} as Landmarks };

    progress("opening rooms and talking in them");
    const [gardenRoom, committeeRoom, chat, secretRoom, hidden, byDoor] = await Promise.all([
      garden(stage),
      committee(stage),
      direct(stage),
      secret(stage),
      elsewhere(stage),
      doors(stage),
      ...Object.values(people).map((person) => settleIn(stage, person, synapse.baseUrl)),
    ]);
    const ake = await logIn(synapse.baseUrl, oddities.historical, password, { name: mark("ake", "device name", "Åke's typewriter") });
    await ake.join(gardenRoom.id);
    await ake.say(gardenRoom.id, mark("ake", "message", "I have had this name since before there were rules about names."));
    const spaceRoom = await space(stage, [gardenRoom, committeeRoom]);
    const rooms: Record<RoomName, Room> = { garden: gardenRoom, committee: committeeRoom, dm: chat.room, space: spaceRoom, secret: secretRoom, elsewhere: hidden, ...byDoor };

    progress("tidying up: tags, reports, suspensions");
    await rosasOwn(stage, rooms, chat.files);
    if (people.rosa.mail) await plantMailPusher(db, people.rosa.mxid, people.rosa.mail, mark("rosa", "pusher device name", "Mail"));
    await admin.deactivate(people.gus.mxid, false);
    await admin.setSuspended(people.otto.mxid, true);

    progress("waiting until the homeserver has written everything down");
    const present = Object.values(people).filter((person) => person !== people.gus);
    await settle(db, {
      namedRooms: Object.values(rooms).filter((room) => room.name).map((room) => room.id),
      devicesOf: present.map((person) => person.mxid),
      subject: people.rosa.mxid,
      avatar: chat.files.avatar,
    });
    await admin.setLocked(people.lena.mxid, true);
    return { serverName: synapse.serverName, people, keeper: { ...keeper, password }, oddities, rooms, landmarks: stage.landmarks, files: chat.files, canaries };
  } finally {
    await db.end();
  }
}

async function plantOddities(db: Client, server: string, like: Person, mark: Mark): Promise<World["oddities"]> {
  const oddities = { historical: `@Åke Öst:${server}`, guest: `@1742:${server}`, bridged: `@irc_hedgehog:${server}` };
  await plantAccount(db, { mxid: oddities.historical, like: like.mxid, displayName: mark("ake", "display name", "Åke Öst") });
  await plantAccount(db, { mxid: oddities.guest, like: like.mxid, displayName: "Passer-by", guest: true });
  await plantAccount(db, { mxid: oddities.bridged, like: like.mxid, displayName: "hedgehog (IRC)", appservice: "irc" });
  return oddities;
}

import pg from "pg";
import { type MatrixClient, matrixClient } from "#tests/world/client.ts";
import { type Admin, adminApi } from "#tests/world/admin.ts";
import { MatrixError } from "#tests/world/http.ts";
import { waitFor } from "#tests/world/wait.ts";
import type { Synapse } from "#tests/harness/synapse.ts";

/** Two homeservers and who lives there. `sara` is the subject, on the first; so is Ben, who comes later. */
export interface TwoServers {
  readonly first: Synapse;
  readonly second: Synapse;
  readonly admin: Admin;
  readonly adminToken: string;
  readonly sara: MatrixClient;
  readonly ben: MatrixClient;
  readonly olaf: MatrixClient;
  readonly pia: MatrixClient;
  /** The first server's database. */
  readonly db: pg.Client;
}

export async function inhabit(first: Synapse, second: Synapse): Promise<TwoServers> {
  const person = async (synapse: Synapse, name: string, admin = false) =>
    matrixClient({ ...(await synapse.registerUser({ name, password: "elderflower", displayName: `${name}NameCanary`, admin })), baseUrl: synapse.baseUrl });
  const [sara, ben, keeper, olaf, pia] = await Promise.all([person(first, "sara"), person(first, "ben"), person(first, "keeper", true), person(second, "olaf"), person(second, "pia")]);
  const db = new pg.Client({ connectionString: first.databaseUrl });
  await db.connect();
  return { first, second, admin: adminApi(first.baseUrl, keeper.accessToken), adminToken: keeper.accessToken, sara, ben, olaf, pia, db };
}

/** A room on the second server with history that newcomers may read; Olaf and Pia have talked before Sara comes. */
export async function openRoom(two: TwoServers, name: string, power: { sara?: number } = {}): Promise<string> {
  const { second, sara, olaf, pia } = two;
  const visible = { type: "m.room.history_visibility", state_key: "", content: { history_visibility: "shared" } };
  const levels = power.sara === undefined ? {} : { room_version: "11", power_level_content_override: { users: { [olaf.mxid]: 100, [sara.mxid]: power.sara } } };
  const room = await olaf.createRoom({ preset: "public_chat", name, initial_state: [visible], ...levels });
  await pia.join(room);
  await talk(room, [olaf, pia], `${name}Before`, 4);
  await sara.join(room, second.serverName);
  await bothHave(two, room, await talk(room, [sara], name, 5));
  return room;
}

/** Resolves when the event has reached both servers, so that what is said next comes after it. */
export async function bothHave({ olaf, sara }: TwoServers, room: string, event: string): Promise<void> {
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/event/${encodeURIComponent(event)}`;
  for (const who of [olaf, sara]) await waitFor("a message to reach both servers", () => who.call("GET", path).then(() => true, notYet));
}

function notYet(error: unknown): false {
  if (error instanceof MatrixError && error.status === 404) return false;
  throw error;
}

/** Each message carries the marker `<user><topic>Canary<n>`. */
export async function talk(room: string, people: readonly MatrixClient[], topic: string, count: number): Promise<string> {
  let last = "";
  for (let i = 0; i < count; i++) {
    const who = people[i % people.length];
    if (who) last = await who.say(room, `${who.mxid.slice(1, 5).replace(":", "")}${topic}Canary${i}x`);
  }
  return last;
}

/** Resolves when the second server knows what Sara has become in the room. */
export async function secondServerSees({ olaf, sara }: TwoServers, room: string, membership: string, who = sara.mxid): Promise<void> {
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/state/m.room.member/${encodeURIComponent(who)}`;
  await waitFor(`the other server to see a ${membership}`, async () => {
    const state = await olaf.call<{ membership?: string }>("GET", path).catch(notYet);
    return state && state.membership === membership;
  });
}

/** Ben comes (again) by way of the second server and reads back until his server has every message of the room. */
export async function benReadsBack({ second, ben, olaf, db }: TwoServers, room: string): Promise<void> {
  await waitFor("the room to let Ben in", () => ben.join(room, second.serverName).then(() => true, () => false));
  const said = (await pageBack(olaf, room)).filter((event) => event.type === "m.room.message").map((event) => event.event_id);
  await waitFor("all that was said in the room to be fetched", async () => {
    await pageBack(ben, room);
    return (await db.query("SELECT FROM events WHERE event_id = ANY($1) AND NOT outlier", [said])).rowCount === said.length;
  });
}

interface Said {
  readonly event_id: string;
  readonly type: string;
}

async function pageBack(who: MatrixClient, room: string): Promise<Said[]> {
  const all: Said[] = [];
  for (let from: string | undefined = undefined, pages = 0; pages < 40; pages++) {
    const page: { chunk: Said[]; end?: string } = await who.messages<Said>(room, from);
    all.push(...page.chunk);
    if (!page.end || page.end === from) break;
    from = page.end;
  }
  return all;
}

/** The first server forgets the room entirely. */
export async function purge({ admin, db }: TwoServers, room: string): Promise<void> {
  const status = await admin.purgeRoom(room);
  await waitFor("the room to be purged", async () => (await status()).status === "complete");
  await waitFor("its events to be gone", async () => (await db.query("SELECT FROM events WHERE room_id = $1", [room])).rowCount === 0);
}

/** Drops the history before an event; what local people said goes too, or stays behind as outliers. The state of the room stays. */
export async function purgeHistoryUpTo({ admin }: TwoServers, room: string, event: string, local: "goes" | "stays"): Promise<void> {
  const path = `/_synapse/admin/v1/purge_history/${encodeURIComponent(room)}/${encodeURIComponent(event)}`;
  const { purge_id } = await admin.call<{ purge_id: string }>("POST", path, { delete_local_events: local === "goes" });
  await waitFor("the history to be purged", async () => {
    const { status } = await admin.call<{ status: string }>("GET", `/_synapse/admin/v1/purge_history_status/${purge_id}`);
    return status === "complete";
  });
}

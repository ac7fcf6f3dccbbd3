import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { applyGrants } from "#lib/synapse-db/apply-grants.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import type { SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { testPostgres } from "#tests/fixtures/db.ts";
import { startSynapse, type Synapse } from "#tests/harness/synapse.ts";
import { adminApi, type Admin } from "#tests/world/admin.ts";
import { seg } from "#tests/world/http.ts";
import { seedWorld } from "#tests/world/seed.ts";
import { waitFor } from "#tests/world/wait.ts";
import type { World } from "#tests/world/world.ts";
import type { Needle } from "./find-traces.ts";

export interface ErasedWorld {
  readonly synapse: Synapse;
  readonly world: World;
  readonly subject: Mxid;
  readonly admin: Admin;
  /** Of Synapse's database, as its owner. */
  readonly db: pg.Client;
  /** Through the portal's restricted role. */
  readonly reader: SynapseDb;
  close(): Promise<void>;
}

/** Told apart from everybody else's, who all come from 127.0.0.1. */
export const herIp = "127.0.0.77";

/** The seeded world, Rosa with a little more of everything, and the role that grants.sql makes. */
export async function rosasWorld(name: string): Promise<ErasedWorld> {
  const dataDir = await mkdtemp(path.join(tmpdir(), `${name}-`));
  const synapse = await startSynapse({ serverName: "garden.example", postgres: testPostgres(), database: `${name}_${process.pid}`, dataDir });
  const world = await seedWorld(synapse, { canaries: true });
  const db = new pg.Client({ connectionString: synapse.databaseUrl });
  await db.connect();
  const { rosa, ben } = world.people;
  await visitFrom(synapse.baseUrl, rosa.client.accessToken);
  await waitFor("the visit to be written down", async () => (await db.query("SELECT FROM user_ips WHERE ip = $1", [herIp])).rowCount);
  // A new homeserver works out its directory and lists of rooms first, by way of tables that it empties or drops when it is done.
  await waitFor("the end of the homeserver's own background updates", async () => (await db.query("SELECT FROM background_updates")).rowCount === 0, 180);
  await plantRest(db, rosa.mxid, rosa.mail ?? "", rosa.client.deviceId, ben.mxid);
  const role = { role: `reader_${name}`, password: "reader" };
  await applyGrants(synapse.databaseUrl, role);
  const url = new URL(synapse.databaseUrl);
  url.username = role.role;
  url.password = role.password;
  const reader = openSynapseDb(url.href);
  return {
    synapse, world, subject: rosa.mxid as Mxid, db, reader,
    admin: adminApi(synapse.baseUrl, world.keeper.accessToken),
    async close() {
      await reader.close();
      await db.end();
      await synapse.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function visitFrom(baseUrl: string, token: string): Promise<void> {
  return new Promise((done, fail) => {
    const options = { localAddress: herIp, headers: { authorization: `Bearer ${token}` } };
    http.get(`${baseUrl}/_matrix/client/v3/account/whoami`, options, (answer) => void answer.resume().on("end", done)).on("error", fail);
  });
}

/** What a life of years leaves and a seeding of seconds does not; the same of somebody else, who must keep it. */
async function plantRest(db: pg.Client, rosa: string, mail: string, device: string, ben: string): Promise<void> {
  for (const [user, address, n] of [[rosa, mail, 1], [ben, "ben@garden.example", 2]] as const) {
    await db.query("INSERT INTO user_daily_visits VALUES ($1, $2, 1700000000000, 'Element')", [user, user === rosa ? device : "BENSPHONE"]);
    await db.query("INSERT INTO per_user_experimental_features VALUES ($1, 'msc3881', true)", [user]);
    await db.query("INSERT INTO threepid_validation_session (session_id, medium, address, client_secret, last_send_attempt) VALUES ($1, 'email', $2, 's', 1)", [`session ${n}`, address]);
    await db.query("INSERT INTO threepid_guest_access_tokens VALUES ('email', $1, $2, $3)", [`friend${n}@far.example`, `token ${n}`, user]);
    await db.query("INSERT INTO device_lists_outbound_last_success VALUES ('far.example', $1, 5)", [user]);
    await db.query("INSERT INTO users_to_send_full_presence_to VALUES ($1, 5)", [user]);
    await db.query("INSERT INTO event_push_summary (user_id, room_id, notif_count, stream_ordering, thread_id) VALUES ($1, '!r', 1, 1, 'main')", [user]);
  }
}

/** What the run of an erasure would do, by hand: media away, deactivated with erase, parted. */
export async function eraseByHand({ admin, db, subject, world }: Pick<ErasedWorld, "admin" | "db" | "subject" | "world">, options: { media: boolean }): Promise<void> {
  if (options.media) {
    await waitFor("the media to be gone", async () => (await admin.call<{ total: number }>("DELETE", `/_synapse/admin/v1/users/${seg(subject)}/media?limit=100`)).total === 0);
  }
  const rosa = world.people.rosa.client;
  const delayed = "/_matrix/client/unstable/org.matrix.msc4140/delayed_events";
  // Newer ones cancel them with the account, and then her token is gone.
  const waiting = await rosa.call<{ delayed_events: { delay_id: string }[] }>("GET", delayed).catch(() => ({ delayed_events: [] }));
  for (const { delay_id: id } of waiting.delayed_events) await rosa.call("POST", `${delayed}/${seg(id)}`, { action: "cancel" });
  await admin.call("PUT", `/_synapse/admin/v2/users/${seg(subject)}`, { external_ids: [], threepids: [] });
  await admin.deactivate(subject, true);
  await waitFor("her to have left", async () => (await db.query("SELECT FROM users_pending_deactivation WHERE user_id = $1", [subject])).rowCount === 0);
  await waitFor("her letters to be gone", async () => (await db.query("SELECT FROM device_inbox WHERE user_id = $1", [subject])).rowCount === 0);
  await waitFor("what she would have sent later to be gone", async () => (await db.query("SELECT FROM delayed_events WHERE user_localpart = $1", [world.people.rosa.name])).rowCount === 0);
}

/** What of Rosa must not stand anywhere unsaid. */
export function needlesFor(world: World): Needle[] {
  const { rosa } = world.people;
  return [
    { name: "mxid", text: rosa.mxid },
    { name: "name", text: rosa.displayName },
    { name: "name", text: world.files.avatar },
    { name: "address", text: rosa.mail ?? "" },
    { name: "device", text: rosa.client.deviceId },
    { name: "ip", text: herIp },
    { name: "media", text: world.files.avatar.split("/").at(-1) ?? "" },
    ...world.canaries.filter(({ author, fate }) => author === "rosa" && fate !== "label").map(({ marker, field }) => ({ name: `text: ${field}`, text: marker })),
  ];
}

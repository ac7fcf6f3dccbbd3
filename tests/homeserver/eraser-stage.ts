import pg from "pg";
import { expect } from "vitest";
import type { Eraser } from "#lib/matrix/eraser.ts";
import type { Mxid, RoomId } from "#lib/matrix/homeserver.ts";
import { openHomeserver } from "#lib/matrix/synapse.ts";
import type { EraserStage } from "#tests/contract/eraser-stage.ts";
import type { Synapse } from "#tests/harness/synapse.ts";
import type { MatrixClient } from "#tests/world/client.ts";
import { caller, seg } from "#tests/world/http.ts";
import { waitFor } from "#tests/world/wait.ts";

interface Cast {
  readonly synapse: Synapse;
  readonly eraser: Eraser;
  readonly adminToken: string;
  readonly owner: MatrixClient;
  /** Makes an account with two devices, a display name and a mail address. */
  newPerson(localpart: string): Promise<MatrixClient>;
  addExternalId(mxid: Mxid): Promise<void>;
  /** Those that are not Synapse's. */
  otherExternalIds?(mxid: Mxid): number;
}

/** The stage of the contract on a real Synapse: hands are clients, eyes look into its database. */
export async function eraserStage({ synapse, eraser, adminToken, owner, newPerson, addExternalId, otherExternalIds }: Cast): Promise<EraserStage> {
  const db = new pg.Pool({ connectionString: synapse.databaseUrl, max: 2 });
  const rows = async (sql: string, ...values: unknown[]) => (await db.query<Record<string, unknown>>(sql, values)).rows;
  const people = new Map<string, MatrixClient>();
  const hands = (mxid: Mxid) => people.get(mxid) ?? expect.unreachable();
  const admin = caller(synapse.baseUrl, adminToken);
  const homeserver = openHomeserver({ url: synapse.baseUrl, token: adminToken });
  const memberships = (mxid: Mxid, room: RoomId) =>
    rows("select e.event_id, j.json::json->'content' as content from events e join event_json j using (event_id) where e.room_id = $1 and e.type = 'm.room.member' and e.state_key = $2 order by e.stream_ordering", room, mxid);
  const createRoom = async (rule: "public" | "knock", version = "12") =>
    (await owner.createRoom({ preset: "private_chat", room_version: version, initial_state: [{ type: "m.room.join_rules", state_key: "", content: { join_rule: rule } }] })) as RoomId;

  return Promise.resolve({
    eraser,
    nobody: `@nobody:${synapse.serverName}` as Mxid,
    async person(localpart) {
      const client = await newPerson(localpart.replaceAll(" ", "_"));
      people.set(client.mxid, client);
      return client.mxid as Mxid;
    },
    account: (mxid) => homeserver.account(mxid),
    room: (version) => createRoom("public", version),
    knockRoom: () => createRoom("knock"),
    join: async (mxid, room) => void (await hands(mxid).join(room)),
    leave: async (mxid, room) => void (await hands(mxid).leave(room)),
    knock: async (mxid, room) => void (await hands(mxid).knock(room, "let me in")),
    invite: async (mxid, room) => void (await owner.invite(room, mxid)),
    ban: async (mxid, room) => void (await owner.ban(room, mxid)),
    ownerLeaves: async (room) => void (await owner.leave(room)),
    say: (mxid, room, type = "m.room.message") => hands(mxid).send(room, type, { msgtype: "m.text", body: "text" }),
    joinEvent: async (mxid, room) => String((await memberships(mxid, room)).at(0)?.event_id),
    redactionsOf: async (eventId) => (await rows("select 1 from redactions where redacts = $1", eventId)).length,
    membership: async (mxid, room) => (await memberships(mxid, room)).at(-1)?.content as Record<string, unknown>,
    membershipEvents: async (mxid, room) => (await memberships(mxid, room)).length,
    async addMedia(mxid, files) {
      for (let at = 0; at < files; at += 1) await hands(mxid).upload({ name: "a.bin", type: "application/octet-stream", bytes: Uint8Array.of(at) });
    },
    async addDelayed(mxid, room, events) {
      for (let at = 0; at < events; at += 1) {
        await hands(mxid).call("PUT", `/_matrix/client/v3/rooms/${seg(room)}/send/m.room.message/later${at}?org.matrix.msc4140.delay=3600000`, { msgtype: "m.text", body: "later" });
      }
    },
    addExternalId,
    externalIds: async (mxid) => (await rows("select 1 from user_external_ids where user_id = $1", mxid)).length + (otherExternalIds?.(mxid) ?? 0),
    knows: async (room) => (await rows("select 1 from rooms where room_id = $1", room)).length > 0,
    shadowBan: async (mxid) => void (await admin("POST", `/_synapse/admin/v1/users/${seg(mxid)}/shadow_ban`, {})),
    slow: async (mxid) => void (await admin("POST", `/_synapse/admin/v1/users/${seg(mxid)}/override_ratelimit`, { messages_per_second: 1, burst_count: 1 })),
    limits: async (mxid) => (await rows("select 1 from ratelimit_override where user_id = $1", mxid)).length,
    async bindAtDeadServer(mxid, bound) {
      if (bound) await rows("insert into user_threepid_id_server (user_id, medium, address, id_server) values ($1, 'email', 'bound@example.org', '127.0.0.1:1')", mxid);
      else await rows("delete from user_threepid_id_server where user_id = $1", mxid);
    },
    until: (look) => waitFor("the homeserver", look),
    async stop() {
      await db.end();
      await synapse.stop();
    },
  });
}

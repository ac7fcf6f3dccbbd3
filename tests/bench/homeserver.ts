import path from "node:path";
import type { Databases } from "#tests/harness/postgres.ts";
import { startSynapse, type Synapse } from "#tests/harness/synapse.ts";
import { matrixClient } from "#tests/world/client.ts";

/** A homeserver with people and empty rooms, stopped again: its tables are Synapse's own, ready to be filled. */
export async function foundHomeserver(postgres: Databases, folder: string, rooms: number, database = "synapse"): Promise<{ synapse: Synapse; subject: string; rooms: string[] }> {
  const synapse = await startSynapse({ serverName: "bench.example", postgres, database, dataDir: path.join(folder, "synapse") });
  try {
    const people = await Promise.all(
      ["heavy", "ann", "bob", "cid", "dee"].map(async (name) => matrixClient({ ...(await synapse.registerUser({ name, password: "bench", displayName: name })), baseUrl: synapse.baseUrl })),
    );
    const [subject, ...others] = people;
    if (!subject) throw new Error("nobody registered");
    const ids: string[] = [];
    for (let i = 0; i < rooms; i++) {
      // Version 10: ids of events are hashes, and the room's own id is what the events name.
      const id = await subject.createRoom({ preset: "public_chat", room_version: "10", name: `Room ${i + 1}` });
      await Promise.all(others.map((person) => person.join(id)));
      ids.push(id);
    }
    return { synapse, subject: subject.mxid, rooms: ids };
  } finally {
    await synapse.stop();
  }
}

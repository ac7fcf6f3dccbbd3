import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Databases } from "#tests/harness/postgres.ts";
import { startSynapse, type Synapse } from "#tests/harness/synapse.ts";
import { password } from "#tests/world/people.ts";
import { seedWorld } from "#tests/world/seed.ts";
import type { Say } from "./progress.ts";

export const serverName = "garden.example";

export interface Town {
  readonly synapse: Synapse;
  /** Of the server administrator: what the portal's worker uses. */
  readonly adminToken: string;
}

/** The homeserver with the story on it. Seeded once; a seeding that was broken off starts over. */
export async function openTown(folder: string, postgres: Databases, port: number, say: Say): Promise<Town> {
  const dataDir = path.join(folder, "synapse");
  const note = path.join(folder, "seeded.json");
  const seeded = await readFile(note, "utf8").catch(() => null);
  if (!seeded) {
    await postgres.dropDatabase("synapse");
    await rm(dataDir, { recursive: true, force: true });
  }
  say("starting the homeserver …");
  const synapse = await startSynapse({ serverName, postgres, dataDir, ports: { client: port }, consent: "unblocked", extraConfig: { public_baseurl: `http://localhost:${port}/` } });
  if (seeded) return { synapse, adminToken: (JSON.parse(seeded) as { adminToken: string }).adminToken };
  try {
    say("filling it with people and rooms (a quarter of a minute) …");
    const world = await seedWorld(synapse, { progress: (line) => say(`  ${line}`) });
    await writeFile(note, JSON.stringify({ adminToken: world.keeper.accessToken, password }), { mode: 0o600 });
    return { synapse, adminToken: world.keeper.accessToken };
  } catch (error) {
    await synapse.stop();
    throw error;
  }
}

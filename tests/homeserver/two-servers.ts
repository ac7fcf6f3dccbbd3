import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "#lib/db/cluster.ts";
import { testPostgres } from "#tests/fixtures/db.ts";
import { startSynapse } from "#tests/harness/synapse.ts";
import { inhabit, type TwoServers } from "./federation-scenes.ts";

/** Two federated homeservers with people on them, and how to be rid of them. */
export async function startTwoServers(name: string): Promise<{ readonly two: TwoServers; stop(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), `${name}-`));
  const run = path.basename(folder).replace(/\W/g, "_").toLowerCase();
  const start = async (which: string) => {
    const port = await freePort();
    return startSynapse({ serverName: `localhost:${port}`, postgres: testPostgres(), database: `${run}_${which}`, dataDir: path.join(folder, which), ports: { federation: port } });
  };
  const [first, second] = await Promise.all([start("one"), start("two")]);
  const two = await inhabit(first, second);
  return {
    two,
    async stop() {
      await two.db.end();
      await Promise.all([first, second].map((server) => server.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

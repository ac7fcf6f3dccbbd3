import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { testPostgres } from "#tests/fixtures/db.ts";
import { foundHomeserver } from "#tests/bench/homeserver.ts";
import { loadEvents } from "#tests/bench/load.ts";
import { logIn } from "#tests/world/client.ts";
import { packageOf } from "#tests/world/package-of.ts";

test("a loaded homeserver is one that Synapse itself can read, and the package holds the subject's share", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "bench-"));
  const postgres = testPostgres();
  const database = path.basename(folder).replace(/\W/g, "_").toLowerCase();
  const { synapse, subject, rooms } = await foundHomeserver(postgres, folder, 2, database);
  const before = await packageable();
  const { own } = await loadEvents({ databaseUrl: synapse.databaseUrl, serverName: synapse.serverName, subject, rooms, events: 600, share: 0.3, progress: () => undefined });
  expect(own).toBeGreaterThan(100);
  await synapse.start();
  try {
    // Synapse computes each id anew from the stored JSON and refuses what does not fit.
    const reader = await logIn(synapse.baseUrl, "ann", "bench", { name: "reads" });
    let seen = 0;
    for (const room of rooms) {
      const { chunk } = await reader.messages<{ type: string }>(room);
      seen += chunk.filter((event) => event.type === "m.room.message").length;
    }
    expect(seen).toBe(100);
    const keeper = await synapse.registerUser({ name: "keeper", password: "bench", admin: true });
    const opened = await packageOf(synapse, keeper.accessToken, subject);
    expect(opened.manifest.kinds.find((kind) => kind.kind === "messages")?.included).toBe(before + own);
  } finally {
    await synapse.stop();
    await rm(folder, { recursive: true, force: true });
  }

  async function packageable(): Promise<number> {
    const db = new pg.Client({ connectionString: synapse.databaseUrl });
    await db.connect();
    const { rows } = await db.query<{ n: string }>("SELECT count(*) AS n FROM events WHERE sender = $1", [subject]);
    await db.end();
    return Number(rows[0]?.n);
  }
}, 120_000);

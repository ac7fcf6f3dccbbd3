import pg from "pg";
import { readCatalog } from "#lib/synapse-db/catalog.ts";
import { fitness } from "#lib/synapse-db/required.ts";
import { openSnapshot } from "#lib/synapse-db/snapshot.ts";
import { SynapseDbUnavailable, SynapseDbUnfit, type SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { translate } from "#lib/synapse-db/unavailable.ts";

/** Milliseconds. A statement lasts as long as its reader reads; silence is time without a byte while we wait for one. */
export interface Limits {
  readonly connect: number;
  readonly statement: number;
  readonly lock: number;
  readonly idle: number;
  readonly silence: number;
}
const usual: Limits = { connect: 10_000, statement: 3_600_000, lock: 10_000, idle: 3_600_000, silence: 600_000 };

/** One connection a snapshot, opened for it and closed after it: nothing of one person's look stays for the next. */
export function openSynapseDb(url: string, limits: Partial<Limits> = {}): SynapseDb {
  const limit = { ...usual, ...limits };
  const clients = new Set<pg.Client>();
  return {
    async snapshot(look) {
      const client = new pg.Client({
        connectionString: url,
        application_name: "privacy-portal",
        connectionTimeoutMillis: limit.connect,
        keepAlive: true,
        types: { getTypeParser: asText },
      });
      // A lost connection is told to whoever waits on it; without a listener it would end the process.
      client.on("error", () => clients.delete(client));
      clients.add(client);
      try {
        await client.connect();
        await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        // SET LOCAL rather than connection options: those do not pass through a pooler.
        await client.query(
          `SET LOCAL statement_timeout = ${limit.statement}; SET LOCAL lock_timeout = ${limit.lock};
           SET LOCAL idle_in_transaction_session_timeout = ${limit.idle}; SET LOCAL jit = off;
           SET LOCAL standard_conforming_strings = on; SET LOCAL bytea_output = hex`,
        );
        const catalog = await readCatalog(client);
        // Of another database an "empty" package would be a lie (D15).
        const { synapse, missing } = fitness(catalog.names);
        if (missing.length > 0) throw new SynapseDbUnfit(synapse ? "column_missing" : "not_synapse");
        const result = await look(openSnapshot(client, catalog, limit.silence));
        await client.query("COMMIT");
        return result;
      } catch (error) {
        throw clients.has(client) ? translate(error) : lost(error);
      } finally {
        clients.delete(client);
        await close(client);
      }
    },
    async close() {
      await Promise.all([...clients].map(close));
    },
  };
}

/** After the connection broke, the look's own errors are only echoes of it; errors of ours keep their meaning. */
function lost(error: unknown): unknown {
  const own = translate(error);
  return own === error && (error as { code?: unknown }).code === undefined ? error : new SynapseDbUnavailable({ cause: error });
}

/** Never waits for a server that has gone silent. */
async function close(client: pg.Client): Promise<void> {
  const ended = client.end().catch(() => undefined);
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 1_000).unref())]);
}

/** bigint, numeric and JSON stay the text that is stored: JavaScript's numbers would round them. */
function asText(oid: number, format?: "text" | "binary"): (value: string) => unknown {
  const kept: readonly number[] = [pg.types.builtins.INT8, pg.types.builtins.NUMERIC, pg.types.builtins.JSON, pg.types.builtins.JSONB];
  return kept.includes(oid) ? (value) => value : pg.types.getTypeParser(oid, format as "text");
}

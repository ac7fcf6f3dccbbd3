import type { WorkerContext } from "#lib/context.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { sql } from "#lib/synapse-db/sql.ts";
import { look } from "./look.ts";
import { markOf, wholeRegister } from "./register.ts";
import type { RegisterEntry } from "./register-file.ts";

/** An account of the homeserver that stands in the register. */
export interface RegisteredAccount {
  readonly mxid: Mxid;
  readonly entry: RegisterEntry;
  /** Deactivated, erased, and without files. */
  readonly gone: boolean;
}

/**
 * Every account of the homeserver, held against the register: only the marks can be compared, since the register names
 * nobody. One look at the homeserver's database.
 */
export async function registeredAccounts(ctx: Pick<WorkerContext, "db" | "synapseDb" | "secret" | "registerFile" | "now">): Promise<{ accounts: number; found: readonly RegisteredAccount[] }> {
  const register = await wholeRegister(ctx);
  if (register.size === 0) return { accounts: 0, found: [] };
  return await look(ctx.synapseDb, async (db) => {
    let accounts = 0;
    const found: RegisteredAccount[] = [];
    const query = sql`SELECT u.name, u.creation_ts AS created, (u.deactivated = 1 AND e.user_id IS NOT NULL AND l.user_id IS NULL) AS gone
      FROM users u LEFT JOIN erased_users e ON e.user_id = u.name
      LEFT JOIN (SELECT DISTINCT user_id FROM local_media_repository) l ON l.user_id = u.name`;
    for await (const { name, created, gone } of db.rows<{ name: Mxid; created: string | null; gone: boolean }>(query)) {
      accounts += 1;
      const entry = register.get(markOf(ctx.secret, name, Number(created ?? 0)));
      if (entry) found.push({ mxid: name, entry, gone });
    }
    return { accounts, found };
  });
}

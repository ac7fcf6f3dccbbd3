import type { WorkerContext } from "#lib/context.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import type { Erasure } from "./erasure-world.ts";

/** The process is gone: nothing it does after this moment happens. */
export class Killed extends Error {}

export interface Death {
  readonly ctx: Partial<WorkerContext>;
  readonly db: PrismaClient;
  /** Moments passed so far: before and after each effect on the homeserver, before each write to our database. */
  readonly moments: readonly string[];
  /** So that later runs are not looked at. */
  over(): void;
}

const writes = /^(create|update|delete|upsert|execute)/;

/** Dies at the n-th moment; null: never. What a dead process still tries, a clean-up say, does not happen either. */
export function dieAt(erasure: Erasure, db: PrismaClient, n: number | null): Death {
  const moments: string[] = [];
  let dead = false;
  const pass = (what: string) => {
    if (dead) throw new Killed();
    moments.push(what);
    if (n === null || moments.length <= n) return;
    dead = true;
    throw new Killed();
  };
  const watched = db.$extends({
    query: {
      async $allOperations({ model, operation, args, query }) {
        if (writes.test(operation.replace("$", "").replace("Raw", ""))) pass(`db ${model ?? ""} ${operation}`);
        else if (dead) throw new Killed();
        return await query(args);
      },
    },
  }) as unknown as PrismaClient;
  erasure.eraser.watch((method, moment) => pass(`${method} ${moment}`));
  const homeserver = new Proxy(erasure.eraser.homeserver, {
    get: (target, key, receiver) => {
      if (dead) throw new Killed();
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  return { moments, db: watched, ctx: { homeserver }, over: () => erasure.eraser.watch(null) };
}

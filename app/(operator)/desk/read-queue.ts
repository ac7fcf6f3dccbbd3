import "server-only";
import { found } from "#app/_request/found.ts";
import type { WebContext } from "#lib/context.ts";
import { listQueue, type Queue } from "#lib/requests/queue.ts";
import type { QueueFilter } from "#lib/requests/queue-filter.ts";
import { openSearch } from "./sealed-search.ts";

type Query = Readonly<Record<string, string | string[] | undefined>>;

export interface DeskQueue extends Omit<Queue, "filter"> {
  /** As the address has it: `q` is sealed. For links only. */
  readonly filter: QueueFilter;
  /** What is searched for, in plain words. */
  readonly search: string;
}

/** The queue an address of the desk asks for. */
export async function readQueue(ctx: WebContext, query: Query): Promise<DeskQueue> {
  const search = openSearch(ctx.secret, query["q"]);
  const queue = await found(listQueue(ctx, { ...query, q: search }));
  return { ...queue, filter: { ...queue.filter, q: search === "" ? "" : String(query["q"]) }, search };
}

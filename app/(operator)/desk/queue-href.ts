import type { QueueFilter } from "#lib/requests/queue-filter.ts";

const usual: QueueFilter = { state: "open", kind: null, sort: "due", urgency: null, flag: null, via: null, who: null, q: "", page: 1 };

/** Address of the queue, or of a case beside it, with the filter in it; what is as usual is left out. */
export function queueHref(filter: QueueFilter, change: Partial<QueueFilter> = {}, reference?: string): string {
  const query = new URLSearchParams();
  // Another filter starts at its first page.
  const next = { ...filter, ...(Object.keys(change).length > 0 ? { page: 1 } : {}), ...change };
  for (const name of ["state", "kind", "sort", "urgency", "flag", "via", "who", "q", "page"] as const) {
    if (next[name] !== usual[name] && next[name] !== null) query.set(name, String(next[name]));
  }
  const path = reference ? `/desk/${reference}` : "/desk";
  return query.size > 0 ? `${path}?${query}` : path;
}

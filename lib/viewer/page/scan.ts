import type { Copy, Ref } from "./copy.ts";
import { lastAtMost, refOf } from "./copy.ts";
import { editedId, type ViewerEvent } from "./event.ts";
import { folded, type Lens, matches, says } from "./lens.ts";

/** What a lens has found so far: a few numbers an event, never the events themselves. */
export interface Found {
  /** Ascending. */
  readonly refs: Ref[];
  /** Events by id: for jumps, and to lay edits upon what they edit. */
  readonly known: Map<string, Ref>;
  /** Edits of an event, in order. */
  readonly edits: Map<string, Ref[]>;
}

export interface Step {
  readonly done: number;
  readonly total: number;
}

/** At most so long at a time (ms), so that the page can be scrolled and the search stopped; news come less often than that. */
const slice = 12;
const news = 150;

/**
 * Goes through the parts a lens covers, one after the other, and puts what matches into `found`. `tell` hears now
 * and then how far it is. Ends early, without an error, when `signal` is aborted.
 */
export async function scan(copy: Copy, lens: Lens, found: Found, signal: AbortSignal, tell: (step: Step) => void): Promise<void> {
  const { parts, rooms } = copy.catalogue;
  const room = lens.room === null ? null : rooms[lens.room];
  const total = room ? room.events : parts.reduce((sum, events) => sum + events, 0);
  const query = folded(lens.query);
  let [part, at, done] = [room?.part ?? 1, room?.at ?? 0, 0];
  let began = performance.now();
  let told = -Infinity;
  while (done < total) {
    const texts = await copy.load(part);
    if (signal.aborted) return;
    // The next one is read from the disk while this one is looked through.
    if (done + texts.length - at < total && part < parts.length) copy.load(part + 1).catch(() => undefined);
    for (; at < texts.length && done < total; at += 1) {
      take(copy.read(texts[at] ?? ""), refOf(part, at), lens, query, found);
      done += 1;
      if (performance.now() - began < slice) continue;
      if (began - told > news) {
        tell({ done, total });
        told = began;
      }
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) return;
      began = performance.now();
    }
    part += 1;
    at = 0;
  }
  tell({ done, total });
}

function take(event: ViewerEvent, ref: Ref, lens: Lens, query: string, { refs, known, edits }: Found): void {
  const target = editedId(event);
  const edited = target === null ? undefined : known.get(target);
  if (target === null || edited === undefined) {
    known.set(event.id, ref);
    if (matches(event, lens, query)) refs.push(ref);
    return;
  }
  const list = edits.get(target);
  if (list) list.push(ref);
  else edits.set(target, [ref]);
  // The words looked for may stand in a later version only.
  const place = lastAtMost(refs, edited);
  if (query !== "" && refs[place] !== edited && says(event, query) && matches(event, lens, "")) refs.splice(place + 1, 0, edited);
}

import { markOf, type World, type WorldEvent } from "./model.ts";

/** One line of the ledger, in the words of the CSV. */
export interface Line {
  readonly candidates: number;
  readonly included: number;
  readonly tombstones: number;
  readonly BACKFILLED: number;
  readonly REJECTED: number;
  readonly SOFT_FAILED: number;
  readonly OUT_OF_RANGE: number;
}

export interface Expected {
  /** Own events in scope, and which of them are redacted. */
  readonly messages: ReadonlyMap<string, WorldEvent>;
  readonly tombstones: ReadonlySet<string>;
  /** Own events fetched back as history, for the option that gives them. */
  readonly fetched: ReadonlyMap<string, WorldEvent>;
  /** What others did to the subject's membership. */
  readonly memberships: ReadonlyMap<string, WorldEvent>;
  readonly wordless: ReadonlySet<string>;
  readonly rooms: ReadonlySet<string>;
  /** "messages !room" and "rooms !room"; "rooms " for the list itself. */
  readonly ledger: Readonly<Record<string, Line>>;
  /** Every marker that may and must be in the package. */
  readonly marks: ReadonlySet<string>;
}

/** What belongs into the subject's package, by the rules of faults.md § 0 in plain sets. No SQL, no code of the portal. */
export function expectedOf(world: World): Expected {
  const { subject, events } = world;
  const redacted = redactedIn(world);
  const sent = events.filter((event) => event.sender === subject);
  const done = events.filter((event) => event.type === "m.room.member" && event.sender !== subject && event.member === subject && (event.hasRow || event.hasStateKey));
  const inScope = (list: readonly WorldEvent[]) => new Map(list.filter((event) => codeOf(event, world) === "included").map((event) => [event.id, event]));
  const [messages, memberships] = [inScope(sent), inScope(done)];
  const of = (list: ReadonlyMap<string, WorldEvent>) => new Set([...list.keys()].filter((id) => redacted.has(id)));
  const [tombstones, wordless] = [of(messages), of(memberships)];

  const fetched = new Map(sent.filter((event) => event.ordering < 0 && codeOf({ ...event, ordering: 1 }, world) === "included").map((event) => [event.id, event]));
  const rows = events.filter((event) => event.hasRow && event.member === subject);
  const rooms = new Set(rows.filter((event) => event.ordering >= 0).map((event) => event.room));
  const known = new Set(rows.map((event) => event.room));
  const list = { candidates: known.size, included: rooms.size, tombstones: 0, BACKFILLED: known.size - rooms.size, REJECTED: 0, SOFT_FAILED: 0, OUT_OF_RANGE: 0 };
  const ledger = { "rooms ": list, ...ledgerOf("messages", sent, tombstones, world), ...ledgerOf("rooms", done, wordless, world) };
  return { messages, tombstones, fetched, memberships, wordless, rooms, ledger, marks: marksOf(world, messages, tombstones, memberships, wordless) };
}

type Code = "included" | "BACKFILLED" | "REJECTED" | "SOFT_FAILED" | "OUT_OF_RANGE";

function codeOf(event: WorldEvent, { days }: World): Code {
  if (event.ordering < 0) return "BACKFILLED";
  if (event.rejected !== "no") return "REJECTED";
  if ((JSON.parse(event.metadata) as { soft_failed?: boolean }).soft_failed === true) return "SOFT_FAILED";
  if (event.sentAt === null) return "included";
  const at = BigInt(event.sentAt);
  const early = days.from !== null && at < BigInt(Date.parse(`${days.from}T00:00:00.000Z`));
  const late = days.to !== null && at > BigInt(Date.parse(`${days.to}T23:59:59.999Z`));
  return early || late ? "OUT_OF_RANGE" : "included";
}

/** Ids of events whose redaction holds, as Synapse decides when it reads (`_maybe_redact_event_row`). */
function redactedIn({ events, redactions, bans }: World): Set<string> {
  const byId = new Map(events.map((event) => [event.id, event]));
  const domain = (mxid: string) => mxid.slice(mxid.indexOf(":") + 1);
  const holds = (target: WorldEvent, by: string) => {
    const act = byId.get(by);
    if (!act || act.rejected !== "no" || act.room !== target.room) return false;
    const sameServer = (JSON.parse(act.metadata) as { recheck_redaction?: boolean }).recheck_redaction === true;
    return !sameServer || domain(act.sender) === domain(target.sender);
  };
  const isRedacted = (target: WorldEvent) =>
    target.type !== "m.room.create" &&
    (redactions.some((row) => row.target === target.id && (!row.recheck || holds(target, row.by))) ||
      bans.some((ban) => ban.room === target.room && ban.user === target.sender && (!ban.end || target.ordering < ban.end) && holds(target, ban.by)));
  return new Set(events.filter(isRedacted).map((event) => event.id));
}

function ledgerOf(kind: string, candidates: readonly WorldEvent[], redacted: ReadonlySet<string>, world: World): Record<string, Line> {
  const lines: Record<string, Line> = {};
  for (const room of new Set(candidates.map((event) => event.room))) {
    const here = candidates.filter((event) => event.room === room);
    const count = (code: Code) => here.filter((event) => codeOf(event, world) === code).length;
    lines[`${kind} ${room}`] = {
      candidates: here.length,
      included: count("included"),
      tombstones: here.filter((event) => redacted.has(event.id)).length,
      BACKFILLED: count("BACKFILLED"),
      REJECTED: count("REJECTED"),
      SOFT_FAILED: count("SOFT_FAILED"),
      OUT_OF_RANGE: count("OUT_OF_RANGE"),
    };
  }
  return lines;
}

/** Own words and the device they came from; of others' acts on the membership the reason and the name in it; own rows of other tables. */
function marksOf(
  world: World, messages: ReadonlyMap<string, WorldEvent>, tombstones: ReadonlySet<string>, memberships: ReadonlyMap<string, WorldEvent>, wordless: ReadonlySet<string>,
): Set<string> {
  const told = (list: ReadonlyMap<string, WorldEvent>, silent: ReadonlySet<string>) => [...list.values()].filter((event) => !silent.has(event.id));
  const number = (event: WorldEvent) => world.events.indexOf(event);
  const device = (event: WorldEvent) => (event.metadata.includes(markOf("device", number(event))) ? [markOf("device", number(event))] : []);
  return new Set([
    ...told(messages, tombstones).flatMap((event) => [event.mark, ...device(event)]),
    ...told(memberships, wordless).flatMap((event) => [event.mark, ...(event.hasRow ? [markOf("name", number(event))] : [])]),
    markOf("person", world.people.indexOf(world.subject)),
  ]);
}

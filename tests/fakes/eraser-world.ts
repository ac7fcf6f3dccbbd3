import type { Mxid, RoomId } from "#lib/matrix/homeserver.ts";

export type Membership = "join" | "invite" | "knock" | "leave" | "ban";

export interface FakeEvent {
  readonly id: string;
  readonly room: RoomId;
  readonly type: string;
  readonly sender: string;
  readonly stateKey: string | null;
  readonly content: Readonly<Record<string, unknown>>;
  /** How many redactions point at it: more than one is a mistake. */
  redactions: number;
}

export interface FakeRoom {
  readonly id: RoomId;
  readonly version: string;
  readonly members: Map<string, Membership>;
  /** So many times the homeserver will fail to take a deactivated account out of it, and say nothing (S14). */
  partingFails: number;
  /** Words of the homeserver for every redaction in it that it will not make. */
  refuses: string | null;
}

/** What stands on the homeserver, and how a test puts it there. */
export interface EraserWorld {
  readonly rooms: ReadonlyMap<string, FakeRoom>;
  readonly events: readonly FakeEvent[];
  addRoom(id: string, options?: { version?: string; refuses?: string }): RoomId;
  /** A membership event of the person themselves, unless `by` says who else made it. */
  setMembership(mxid: string, room: string, membership: Membership, content?: Record<string, unknown>, by?: string): string;
  /** Sends an event as the person; a state event with `stateKey`. */
  say(mxid: string, room: string, type?: string, content?: Record<string, unknown>, stateKey?: string): string;
  /** Their events that carry content still, redactions aside. */
  unredacted(mxid: string): FakeEvent[];
  membership(mxid: string, room: string): Membership | null;
}

export interface OpenWorld extends EraserWorld {
  readonly rooms: Map<string, FakeRoom>;
  readonly events: FakeEvent[];
  redact(event: FakeEvent, by: string): void;
}

export function eraserWorld(serverName: string): OpenWorld {
  const rooms = new Map<string, FakeRoom>();
  const events: FakeEvent[] = [];
  const roomOf = (id: string) => {
    const room = rooms.get(id);
    if (!room) throw new Error(`the test made no room ${id}`);
    return room;
  };
  const push = (event: Omit<FakeEvent, "id" | "redactions">) => {
    const id = `$event${events.length}`;
    events.push({ ...event, id, redactions: 0 });
    return id;
  };

  return {
    rooms,
    events,
    addRoom(id, { version = "12", refuses } = {}) {
      const name = (id.startsWith("!") ? id : `!${id}:${serverName}`) as RoomId;
      rooms.set(name, { id: name, version, members: new Map(), partingFails: 0, refuses: refuses ?? null });
      return name;
    },
    setMembership(mxid, room, membership, content = {}, by = mxid) {
      roomOf(room).members.set(mxid, membership);
      return push({ room: roomOf(room).id, type: "m.room.member", sender: by, stateKey: mxid, content: { ...content, membership } });
    },
    say: (mxid, room, type = "m.room.message", content = { body: "text" }, stateKey) =>
      push({ room: roomOf(room).id, type, sender: mxid, stateKey: stateKey ?? null, content }),
    unredacted: (mxid) => events.filter((event) => event.sender === mxid && event.redactions === 0 && event.type !== "m.room.redaction"),
    membership: (mxid, room) => rooms.get(room)?.members.get(mxid) ?? null,
    redact(event, by) {
      event.redactions += 1;
      push({ room: event.room, type: "m.room.redaction", sender: by, stateKey: null, content: { redacts: event.id } });
    },
  };
}

/** Before version 11 a redaction names its target outside its content, where Synapse's look at suspended people does not find it. */
export const isOld = (room: FakeRoom): boolean => Number(room.version) < 11;

export const joinedOf = (world: EraserWorld, mxid: Mxid): RoomId[] =>
  [...world.rooms.values()].filter((room) => room.members.get(mxid) === "join").map((room) => room.id);

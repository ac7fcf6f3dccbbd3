import { creatorsStandAbove } from "./room-version.ts";

/** What decides about power in a room; contents as parsed, whatever they turn out to be. */
export interface RoomPower {
  readonly version: string | null;
  readonly create: { readonly sender: string | null; readonly content: unknown };
  /** Content of m.room.power_levels; null where the room has none. */
  readonly levels: unknown;
}

/** Who can change the power levels, and so manage the room: everybody, or these people where they are joined. */
export interface Managers {
  readonly everybody: boolean;
  readonly people: ReadonlySet<string>;
}

/** By the specification's rules for m.room.power_levels: an explicit entry, else the level for state events (50). */
export function managers({ version, create, levels }: RoomPower): Managers {
  const above = creatorsStandAbove(version) ? creators(create) : [];
  // Without the event everybody may send any state.
  if (!isObject(levels)) return { everybody: true, people: new Set(above) };
  const events = isObject(levels["events"]) ? levels["events"] : {};
  const needed = level(own(events, "m.room.power_levels"), level(levels["state_default"], 50));
  const users = isObject(levels["users"]) ? Object.entries(levels["users"]) : [];
  const usual = level(levels["users_default"], 0);
  const people = users.filter(([, of]) => level(of, usual) >= needed).map(([user]) => user);
  return { everybody: usual >= needed, people: new Set([...above, ...people]) };
}

function creators({ sender, content }: RoomPower["create"]): string[] {
  const more = isObject(content) && Array.isArray(content["additional_creators"]) ? (content["additional_creators"] as unknown[]) : [];
  return [sender, ...more].filter((user) => typeof user === "string");
}

/** Rooms before version 10 may say a number as text. */
function level(value: unknown, otherwise: number): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : otherwise;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

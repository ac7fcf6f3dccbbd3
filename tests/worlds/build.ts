import { eventId } from "./ids.ts";
import { type BanRedaction, markOf, type Redaction, type Rejected, type World, type WorldEvent } from "./model.ts";
import type { EventSpec, RedactionSpec, WorldSpec } from "./spec.ts";
import { textOf } from "./texts.ts";

/** Drawn numbers → a world. The subject is the first of its people. */
export function buildWorld(spec: WorldSpec): World {
  const { people, rooms, days } = spec;
  const events = spec.events.map((given, index) => eventOf(given, index, people, rooms));
  const redactions: Redaction[] = [];
  for (const given of spec.redactions) {
    const target = pick(events, given.target);
    if (!target) break;
    const act = actOf(given, events.length, target, people, rooms);
    if (given.act === "there") events.push(act);
    redactions.push({ by: given.act === "there" ? act.id : `$nowhere${redactions.length}`, target: target.id, recheck: given.recheck, censored: given.censored, receivedAt: given.receivedAt });
  }
  return { subject: people[0] ?? "", people, rooms, events, redactions, bans: bansOf(spec, events), days };
}

const types = { message: "m.room.message", encrypted: "m.room.encrypted", create: "m.room.create", topic: "m.room.topic", "own member": "m.room.member", "other's member": "m.room.member" } as const;

function eventOf(given: EventSpec, index: number, people: readonly string[], rooms: readonly string[]): WorldEvent {
  const sender = pick(people, given.sender) ?? "";
  const isMember = types[given.what] === "m.room.member";
  const others = people.filter((person) => person !== sender);
  const member = isMember ? ((given.what === "own member" ? sender : pick(others, given.about)) ?? sender) : null;
  const stateKey = member ?? (given.what === "create" || given.what === "topic" ? "" : null);
  // A rejected membership never gets a row; without one the state key is all there is.
  const hasRow = isMember && given.rejected === "no" && given.keys !== "state key";
  return finish({
    number: index, sender, room: pick(rooms, given.room) ?? "", type: types[given.what], stateKey, member, membership: isMember ? given.membership : null,
    hasRow, hasStateKey: !(hasRow && given.keys === "row"), past: given.past, outlier: given.outlier, rejected: given.rejected, metadata: given.metadata,
    sentAt: given.sentAt, form: given.form, content: isMember ? { membership: given.membership, reason: markOf("event", index) } : { msgtype: "m.text", body: "…" },
  });
}

function actOf(given: RedactionSpec, index: number, target: WorldEvent, people: readonly string[], rooms: readonly string[]): WorldEvent {
  const elsewhere = rooms.find((room) => room !== target.room);
  return finish({
    number: index, sender: pick(people, given.by) ?? "", room: given.elsewhere && elsewhere ? elsewhere : target.room, type: "m.room.redaction", stateKey: null, member: null, membership: null,
    hasRow: false, hasStateKey: true, past: given.past, outlier: false, rejected: given.rejected, metadata: given.sameDomain ? "recheck" : "plain",
    sentAt: "1700000000000", form: "plain", content: { redacts: target.id },
  });
}

interface Draft extends Omit<WorldEvent, "id" | "ordering" | "metadata" | "stored" | "kept" | "mark"> {
  readonly number: number;
  readonly past: boolean;
  readonly metadata: EventSpec["metadata"] | "recheck";
  readonly form: EventSpec["form"];
  readonly content: Readonly<Record<string, unknown>>;
  readonly rejected: Rejected;
}

function finish({ number, past, metadata, form, content, ...rest }: Draft): WorldEvent {
  const mark = markOf("event", number);
  const text = textOf(form, { sender: rest.sender, type: rest.type, stateKey: rest.stateKey, content, aboutOther: rest.member !== null && rest.member !== rest.sender, mark, foreign: markOf("foreign", number) });
  // Newest first in the past, as a server that pages back stores it.
  return { ...rest, ...text, mark, id: eventId(number), ordering: past ? -(number + 1) : number + 1, metadata: metadataOf(metadata, number) };
}

/** Rust writes it without spaces; older versions of Synapse were Python's. A client's own txn_id may look like anything. */
function metadataOf(form: Draft["metadata"], number: number): string {
  const device = `"device_id":"${markOf("device", number)}"`;
  const forms: Readonly<Record<Draft["metadata"], string>> = {
    plain: `{${device},"token_id":7}`,
    soft: `{"soft_failed":true}`,
    "soft, spaced": `{"x": 1, "soft_failed": true}`,
    "not soft": `{"soft_failed":false,${device}}`,
    "looks soft": `{${device},"txn_id":${JSON.stringify('","soft_failed":true,"recheck_redaction":true,"')}}`,
    recheck: `{"recheck_redaction":true,${device}}`,
  };
  return forms[form];
}

function bansOf({ bans, people, rooms }: WorldSpec, events: readonly WorldEvent[]): BanRedaction[] {
  const unique = new Map<string, BanRedaction>();
  for (const given of bans) {
    const [room, user, act] = [pick(rooms, given.room) ?? "", pick(people, given.user) ?? "", pick(events, given.by)];
    const end = given.end === "none" ? null : given.end === "zero" ? 0 : Math.ceil(events.length / 2);
    unique.set(`${room} ${user}`, { room, user, by: given.absent || !act ? "$absent" : act.id, end });
  }
  return [...unique.values()];
}

function pick<T>(list: readonly T[], at: number): T | undefined {
  return list[at % Math.max(1, list.length)];
}

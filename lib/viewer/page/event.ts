import { type Category, categoryOf } from "../category.ts";
import { field, number, parsed, text } from "./json.ts";
import type { Keyring } from "./megolm/keyring.ts";
import type { Locked } from "./megolm/open-message.ts";
import { sensible } from "./moments.ts";

/** An event as the page reads it; every field may have been written by anybody. */
export interface ViewerEvent {
  readonly id: string;
  readonly room: string;
  readonly type: string;
  readonly sender: string;
  readonly stateKey: string | null;
  /** Milliseconds, when a calendar has it. */
  readonly at: number | null;
  readonly content: unknown;
  readonly category: Category;
  readonly redacted: { readonly by: string | null; readonly at: number | null } | null;
  /** Of a deletion: what it deleted (room version 11 moved it into the content). */
  readonly redacts: string | null;
  readonly unreadable: boolean;
  /** There was an earlier value of this state. */
  readonly replaces: boolean;
  /** Still encrypted, and why; `none` without a key file. */
  readonly locked: Locked | "none" | null;
  readonly decrypted: boolean;
}

export function readEvent(json: string, keys: Keyring | null): ViewerEvent {
  const raw = parsed(json);
  const redacted = field(raw, "unsigned", "redacted");
  const at = number(raw, "origin_server_ts");
  const event: ViewerEvent = {
    id: text(raw, "event_id") ?? "",
    room: text(raw, "room_id") ?? "",
    type: text(raw, "type") ?? "",
    sender: text(raw, "sender") ?? "",
    stateKey: text(raw, "state_key"),
    at: sensible(at) ? at : null,
    content: field(raw, "content"),
    category: categoryOf(raw),
    redacted: redacted === undefined ? null : { by: text(redacted, "by"), at: number(redacted, "at") },
    redacts: text(raw, "content", "redacts") ?? text(raw, "redacts"),
    unreadable: field(raw, "unsigned", "unreadable") === true,
    replaces: field(raw, "unsigned", "replaces_state") !== undefined,
    locked: null,
    decrypted: false,
  };
  return event.category === "encrypted" ? unlocked(event, keys) : event;
}

function unlocked(event: ViewerEvent, keys: Keyring | null): ViewerEvent {
  if (!keys) return { ...event, locked: "none" };
  const opened = keys.open(event.room, event.content);
  if ("locked" in opened) return { ...event, locked: opened.locked };
  const payload = parsed(opened.plaintext);
  const type = text(payload, "type") ?? "";
  // Relations stand outside the ciphertext (Client-Server API, "m.room.encrypted"), for servers to see.
  const relation = field(event.content, "m.relates_to");
  const inner = field(payload, "content");
  const content = typeof inner === "object" && inner !== null ? { ...(relation === undefined ? {} : { "m.relates_to": relation }), ...inner } : {};
  return { ...event, type, content, category: categoryOf({ type }), decrypted: true };
}

/** What the event says it belongs to. */
export function relationOf(event: ViewerEvent): { readonly type: string | null; readonly to: string | null; readonly replyTo: string | null } {
  const relation = field(event.content, "m.relates_to");
  const fallback = field(relation, "is_falling_back") === true;
  return { type: text(relation, "rel_type"), to: text(relation, "event_id"), replyTo: fallback ? null : text(relation, "m.in_reply_to", "event_id") };
}

/** The event this one gives a new text to; only messages can be edited, never state. */
export function editedId(event: ViewerEvent): string | null {
  const { type, to } = relationOf(event);
  return type === "m.replace" && event.stateKey === null && event.redacted === null ? to : null;
}

import { text } from "../json.ts";
import type { ViewerEvent } from "../event.ts";
import type { Key } from "../words.ts";
import type { Shown } from "./shown.ts";

const words: Readonly<Record<string, Key>> = {
  "m.room.create": "state.create",
  "m.room.avatar": "state.avatar",
  "m.room.encryption": "state.encryption",
  "m.room.power_levels": "state.power",
  "m.room.pinned_events": "state.pinned",
  "m.room.tombstone": "state.tombstone",
  "m.space.child": "state.child",
  "m.space.parent": "state.parent",
  "m.room.server_acl": "state.acl",
  "m.beacon_info": "state.beacon",
  "org.matrix.msc3672.beacon_info": "state.beacon",
  "m.call.member": "state.call",
  "org.matrix.msc3401.call.member": "state.call",
  "im.vector.modular.widgets": "state.widget",
};

const valued: Readonly<Record<string, readonly [Key, string]>> = {
  "m.room.join_rules": ["state.join_rules", "join_rule"],
  "m.room.history_visibility": ["state.history", "history_visibility"],
  "m.room.guest_access": ["state.guests", "guest_access"],
  "m.room.canonical_alias": ["state.aliases", "alias"],
};

/** A change to the room that the person made. */
export function state(event: ViewerEvent): Shown {
  const { type, content } = event;
  if (type === "m.room.name") {
    const value = text(content, "name");
    return value ? { label: "state.name", values: { value }, text: null } : { label: "state.nameCleared", text: null };
  }
  if (type === "m.room.topic") return { label: "state.topic", text: text(content, "topic") };
  const simple = Object.hasOwn(words, type) ? words[type] : undefined;
  if (simple) return { label: simple, text: null };
  const [label, key] = (Object.hasOwn(valued, type) ? valued[type] : undefined) ?? [];
  const value = key ? text(content, key) : null;
  return label && value ? { label, values: { value }, text: null } : { label: "state.other", values: { type }, text: null, stored: true };
}

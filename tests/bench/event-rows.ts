import { createHash, randomBytes } from "node:crypto";

/** A room as Synapse made it: where the chain of its events ends. */
export interface RoomTail {
  readonly room: string;
  readonly stateGroup: string;
  /** Auth events every message cites: create and power levels; the sender's membership is added. */
  readonly auth: readonly string[];
  readonly members: ReadonlyMap<string, string>;
  last: string;
  depth: number;
}

/** Lines for COPY in text format, one per table. */
export interface Rows {
  events: string;
  event_json: string;
  event_edges: string;
  event_to_state_groups: string;
}

const words =
  "the bees are fine today and so is the rain water for beans tomato seeds on sunday after lunch we should mend a fence with old rope before frost comes back from the pond under willow light quietly again maybe three spades left in shed near gate".split(" ");

/**
 * The next message of a room, as Synapse would have written it: room version 10, a chain of prev_events, a
 * content hash, an event id that is the reference hash (Synapse refuses to read anything else). Only the
 * signature is made up: nobody verifies it on reading, but it must be as random as a real one.
 */
export function nextRow(tail: RoomTail, sender: string, server: string, stream: number, sentAt: number, random: () => number, rows: Rows): void {
  tail.depth += 1;
  const membership = tail.members.get(sender);
  const auth = membership ? [...tail.auth, membership] : tail.auth;
  const body = sentence(random);
  const content = `{"body":"${body}","msgtype":"m.text"}`;
  const list = (ids: readonly string[]) => `["${ids.join('","')}"]`;
  const core = (shown: string, hashes: string) =>
    `{"auth_events":${list(auth)},"content":${shown},"depth":${tail.depth}${hashes},"origin_server_ts":${sentAt},"prev_events":["${tail.last}"],"room_id":"${tail.room}","sender":"${sender}","type":"m.room.message"}`;
  const hashes = `,"hashes":{"sha256":"${sha256(core(content, "")).toString("base64").slice(0, 43)}"}`;
  const id = `$${sha256(core("{}", hashes)).toString("base64url")}`;
  const signatures = `{"${server}":{"ed25519:a_bench":"${randomBytes(64).toString("base64").slice(0, 86)}"}}`;
  // In the order in which Synapse 1.163 stores them.
  const json = `{"signatures":${signatures},"unsigned":{"age_ts":${sentAt}},"room_id":"${tail.room}","auth_events":${list(auth)},"prev_events":["${tail.last}"],"content":${content},"depth":${tail.depth}${hashes},"origin_server_ts":${sentAt},"sender":"${sender}","type":"m.room.message"}`;
  const metadata = `{"token_id":7,"device_id":"BENCHDEVICE","txn_id":"m${sentAt}.${stream}"}`;
  rows.events += `${tail.depth}\t${id}\tm.room.message\t${tail.room}\tt\tf\t${tail.depth}\t${sentAt}\t${sentAt + 40}\t${sender}\tf\tmaster\t${stream}\n`;
  rows.event_json += `${id}\t${tail.room}\t${metadata}\t${json}\t3\n`;
  rows.event_edges += `${id}\t${tail.last}\tf\n`;
  rows.event_to_state_groups += `${id}\t${tail.stateGroup}\n`;
  tail.last = id;
}

/** Columns in the order of the lines above. */
export const columns: Record<keyof Rows, string> = {
  events: "topological_ordering, event_id, type, room_id, processed, outlier, depth, origin_server_ts, received_ts, sender, contains_url, instance_name, stream_ordering",
  event_json: "event_id, room_id, internal_metadata, json, format_version",
  event_edges: "event_id, prev_event_id, is_state",
  event_to_state_groups: "event_id, state_group",
};

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** Three to thirty words, no character that COPY or JSON would escape. */
function sentence(random: () => number): string {
  const length = 3 + Math.floor(28 * random() * random());
  let text = words[Math.floor(random() * words.length)] ?? "";
  for (let i = 1; i < length; i++) text += ` ${words[Math.floor(random() * words.length)] ?? ""}`;
  return text;
}

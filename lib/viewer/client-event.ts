import { field, parsed, text } from "./page/json.ts";

/**
 * One line of `messages.ndjson` → the ClientEvent of the Client-Server API, to be written by JSON.stringify: what only
 * servers need (hashes, signatures, places in the graph) is left out. `unsigned` says what the server knows beside it:
 * `redacted` { by: self, other or null; at: ms }, `unreadable` when the stored event is no JSON, `replaces_state`.
 */
export function clientEvent(line: string, subject: string): object {
  const row = exactly(line) ?? headOf(line);
  const head = { event_id: field(row, "event_id"), room_id: field(row, "room_id") };
  const tail = { sender: subject, content: {} };
  if (field(row, "redacted") === true) {
    const redacted = { by: field(row, "redacted_by") ?? null, at: field(row, "redacted_at") ?? null };
    return { ...head, type: field(row, "type"), origin_server_ts: field(row, "origin_server_ts"), ...tail, unsigned: { redacted } };
  }
  const base64 = text(row, "event_base64");
  const event = base64 === null ? field(row, "event") : readDespiteControls(Buffer.from(base64, "base64").toString());
  if (typeof event !== "object" || event === null) {
    const at = field(row, "origin_server_ts") ?? field(row, "received_ts") ?? null;
    return { ...head, type: field(row, "type") ?? "", origin_server_ts: at, ...tail, unsigned: { unreadable: true } };
  }
  const replaces = field(event, "unsigned", "replaces_state");
  return {
    ...head,
    type: field(event, "type"),
    sender: field(event, "sender") ?? subject,
    origin_server_ts: field(event, "origin_server_ts"),
    state_key: field(event, "state_key"),
    content: field(event, "content") ?? {},
    redacts: field(event, "redacts"),
    unsigned: replaces === undefined ? undefined : { replaces_state: replaces },
  };
}

/** Raw control characters are no JSON, and no reason to show nothing. */
function readDespiteControls(json: string): unknown {
  return parsed(json.replace(/[\0-\x1f]/g, " "));
}

/** Sixteen digits in a row: a number that JavaScript may not have, or an id, where the detour does no harm. */
const long = /\d{16}/;

/** As JSON.parse, but whole numbers beyond 2^53 keep their digits when they are written out again. */
function exactly(line: string): unknown {
  if (!long.test(line)) return parsed(line);
  try {
    return JSON.parse(line, (_key, value: unknown, context?: { source?: string }) =>
      typeof value === "number" && !Number.isSafeInteger(value) && context?.source ? raw(context.source) : value);
  } catch {
    return null;
  }
}

/** Node has it; the compiler's library does not know it yet. */
const raw = (JSON as unknown as { rawJSON(source: string): unknown }).rawJSON;

/** Of a line whose event is no JSON at all, what our own code put before it. */
function headOf(line: string): unknown {
  const head = /^\{"event_id":"(?:[^"\\]|\\.)*","room_id":"(?:[^"\\]|\\.)*"(?:,"stream_ordering":-?\d+)?(?:,"type":"(?:[^"\\]|\\.)*","origin_server_ts":-?\d+)?(?:,"received_ts":\d+)?/.exec(line)?.[0];
  return head === undefined ? {} : parsed(`${head}}`);
}

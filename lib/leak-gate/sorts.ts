/**
 * The declared allow-list, and the little the gate must know of the records of a package. Written by hand and on purpose a
 * second time: it must not follow when the builder's own tables are wrong.
 */

/** Kinds whose every line is an event; of the others, the records that are. */
const events: Readonly<Record<string, "all" | readonly string[]>> = {
  messages: "all",
  backfilled_own: "all",
  rooms: ["membership"],
};

export function isEventRecord(kind: string, record: string | null): boolean {
  const declared = events[kind];
  return declared === "all" || (declared !== undefined && record !== null && declared.includes(record));
}

/** Columns that say whose a row is, or name somebody. Whoever stands there must be the subject. */
const naming = /^(?:by|user|owner|creator|mxid|sender|prev_sender|reporter|user_name|(?:[a-z_]+_)?user_id)$/;

/** Columns of a record that may name somebody else, and why. */
const mayNameOthers: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  // Who invited, kicked or banned the subject. In return `state_key` must be the subject.
  rooms: { membership: ["sender", "by"] },
  // Whom the subject reported: their own act.
  reports: { person: ["target_user_id"] },
  // Whom the subject verified, and whom they ignore: their own acts too.
  encryption_keys: { signature: ["target_user_id"] },
  account_data: { ignored: ["ignored_user_id"] },
};

/** Columns that name the subject under a name that means something else elsewhere. */
const alsoNaming: Readonly<Record<string, Readonly<Record<string, string>>>> = { account: { account: "name" } };

export function mustBeSubject(kind: string, record: string | null, column: string): boolean {
  return (naming.test(column) || alsoNaming[kind]?.[record ?? ""] === column) && !(mayNameOthers[kind]?.[record ?? ""] ?? []).includes(column);
}

/** A sort that may name another sender is about the subject by this column, or it is not theirs. */
const aboutBy: Readonly<Record<string, Readonly<Record<string, string>>>> = { rooms: { membership: "state_key" } };

export function columnOfSubject(kind: string, record: string | null): string | undefined {
  return aboutBy[kind]?.[record ?? ""];
}

/** Columns whose text the person or their app wrote; all others the server filled. */
const written: ReadonlySet<string> = new Set([
  "content", "type", "state_key", "redacts", "body", "msgtype", "relation", "relates_to", "displayname", "display_name", "device_display_name", "fields",
  "upload_name", "url_cache", "reason", "tag", "account_data_type", "conditions", "actions", "rule_id", "filter_json", "filter", "event_type", "status_msg", "user_agent",
]);

export function isOwnWords(column: string): boolean {
  return written.has(column);
}

/** Records that name a room and are counted by the ledger in the line without one: a list of rooms is one thing. */
const countedTogether: Readonly<Record<string, readonly string[]>> = { rooms: ["room"], own_rooms: ["room", "address", "blocked"] };

export function isCountedByRoom(kind: string, record: string | null): boolean {
  return !(countedTogether[kind] ?? []).includes(record ?? "");
}

/** Kinds that need an operator's word for this very request. */
export const onApproval: ReadonlySet<string> = new Set(["backfilled_own", "reports_about"]);

/** The only place where an event with a negative ordering may lie. */
export const backfilledKind = "backfilled_own";

/** Kind of a data file by its place; null when no such file belongs in a package. */
export function kindOfFile(path: string): string | null {
  const found = /^data\/(?:(backfilled-own)\/messages|([a-z][a-z0-9_]*))\.(?:ndjson|csv)$/.exec(path);
  return found ? (found[1] ? backfilledKind : (found[2] ?? null)) : null;
}

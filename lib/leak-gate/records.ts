import type { Node } from "jsonc-parser";
import type { Case } from "./case.ts";
import { judgeEvent, type Where } from "./events.ts";
import { membersOf, treeOf } from "./json-tree.ts";
import { backfilledKind, columnOfSubject, isCountedByRoom, isEventRecord, isOwnWords, mustBeSubject } from "./sorts.ts";
import { isSecretName, suspectsIn } from "./suspects.ts";
import type { Told } from "./tally.ts";
import { judgeWords, ownEventWords, type Range, unquoted } from "./words.ts";

/** Names that decide something: in nearly every line of events each stands exactly once. */
const marks = /"(?:(?:prev_)?sender|stream_ordering|event|event_base64|record)"\s*:/g;

/** Judges one line of NDJSON and says what it is; null when it cannot be read. */
export function judgeRecord(bytes: Buffer, where: Where, look: Case): Told | null {
  const text = bytes.toString("utf8");
  return plainEvent(text, where, look) ?? carefully(text, where, look);
}

/** The usual line, an event of the subject with nothing odd about it: one ordinary parse. Null: look carefully. */
function plainEvent(text: string, { kind }: Where, { subject }: Case): Told | null {
  if (!isEventRecord(kind, null) || text.match(marks)?.length !== 3 || text.includes("\\u00") || text.includes('sender\\"')) return null;
  let row: Record<string, unknown> & { readonly event?: { readonly sender?: unknown } | null };
  try {
    row = JSON.parse(text) as typeof row;
  } catch {
    return null;
  }
  const { event, stream_ordering: ordering, event_id: eventId, room_id: room } = row;
  if (event?.sender !== subject || !isLive(ordering) || "redacted" in row || typeof eventId !== "string" || typeof room !== "string") return null;
  if (Object.keys(row).some((column) => mustBeSubject(kind, null, column) || isSecretName(column)) || suspectsIn(text).length > 0) return null;
  return { record: null, room, eventId, tombstone: false };
}

function carefully(text: string, where: Where, look: Case): Told | null {
  const tree = treeOf(text);
  const columns = tree ? membersOf(tree) : [];
  const all = (name: string) => columns.filter((column) => column.name === name).map((column) => column.value);
  const record = textOf(all("record"));
  if (!tree || tree.type !== "object" || all("record").length > 1 || all("event").length + all("event_base64").length > 1) {
    look.findings.add("record_unreadable", where.path, where.line);
    return null;
  }
  judgeColumns(tree, record, where, look);
  const isEvent = isEventRecord(where.kind, record) || all("event").length + all("event_base64").length > 0;
  const words: Range[] = columns.filter(({ name }) => isOwnWords(name)).map(({ value }) => value);
  for (const event of all("event")) words.push(...ownEventWords(event));
  const tombstone = all("redacted").some((value) => value.value === true);
  if (isEvent) {
    judgeOrdering([...all("stream_ordering"), ...all("event_stream_ordering")], where, look);
    judgeEvent({ events: all("event"), coded: all("event_base64"), senders: all("sender"), redacted: tombstone }, where, look);
  }
  judgeWords(text, words, where, look);
  for (const { name, value } of columns.filter((column) => column.name.endsWith("_base64") && column.name !== "event_base64")) {
    const plain = Buffer.from(String(value.value), "base64").toString("utf8");
    judgeWords(plain, isOwnWords(name.replace("_base64", "")) ? [{ offset: 0, length: plain.length }] : [], where, look);
  }
  return {
    record,
    room: isCountedByRoom(where.kind, record) ? textOf(all("room_id")) : null,
    eventId: isEvent ? textOf(all("event_id")) : null,
    tombstone,
  };
}

function judgeColumns(row: Node, record: string | null, where: Where, { subject, findings, others }: Case): void {
  const about = columnOfSubject(where.kind, record);
  const columns = membersOf(row);
  if (about !== undefined && !columns.some(({ name }) => name === about)) findings.add("not_about_subject", where.path, where.line);
  for (const { name, value } of columns) {
    const said: unknown = value.value;
    if (name === about && said !== subject) findings.add("not_about_subject", where.path, where.line);
    if (isSecretName(name) && value.type === "string" && said !== "") findings.add("secret_field", where.path, where.line);
    if (value.type === "null") continue;
    if (mustBeSubject(where.kind, record, name) && said !== subject) {
      findings.add(name === "sender" ? "sender_foreign" : "user_foreign", where.path, where.line);
    } else if (typeof said === "string" && said.startsWith("@")) {
      others.add(unquoted(said));
    }
  }
}

/** faults § 0: no event that was fetched as history, but the person's own where an operator granted them. */
function judgeOrdering(orderings: readonly Node[], { path, line, kind }: Where, look: Case): void {
  const numbers = orderings.map((node) => node.value as unknown);
  if (numbers.length === 0 || !numbers.every(Number.isInteger)) return look.findings.add("ordering_missing", path, line);
  if (!numbers.every(isLive) && !(kind === backfilledKind && look.approved(kind))) look.findings.add("ordering_negative", path, line);
}

function isLive(ordering: unknown): boolean {
  return Number.isInteger(ordering) && Number(ordering) >= 0 && !Object.is(ordering, -0);
}

function textOf(nodes: readonly Node[]): string | null {
  const value: unknown = nodes[0]?.value;
  return typeof value === "string" ? value : null;
}

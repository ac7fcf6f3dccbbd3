import type { Node } from "jsonc-parser";
import type { Case } from "./case.ts";
import { allMembers, membersOf, treeOf } from "./json-tree.ts";
import { judgeWords, ownEventWords } from "./words.ts";

/** Where a record stands. */
export interface Where {
  readonly path: string;
  readonly kind: string;
  readonly line: number;
}

export interface EventParts {
  /** The stored event as JSON; null stands for one of which nothing is held. */
  readonly events: readonly Node[];
  /** The same in base 64: text that is no JSON by the letter. */
  readonly coded: readonly Node[];
  /** What the builder's own column says. */
  readonly senders: readonly Node[];
  /** A tombstone: the redacted event itself is not given. */
  readonly redacted: boolean;
}

/**
 * Whose event it is, by the event's own bytes: every `sender` in it, but for what the person put into `content`, must be the
 * subject, byte for byte. Of a redacted one the column has to say it (and was judged with the columns).
 */
export function judgeEvent({ events, coded, senders, redacted }: EventParts, { path, line }: Where, look: Case): void {
  const add = (code: Parameters<typeof look.findings.add>[0]) => look.findings.add(code, path, line);
  const bodies = events.filter((event) => event.type !== "null");
  for (const event of bodies) judgeBody(event, add, look);
  for (const text of coded) {
    // Raw control characters are what made it no JSON.
    const plain = Buffer.from(String(text.value), "base64").toString("utf8").replace(/[\0-\x1f]/g, " ");
    const event = treeOf(plain);
    if (!event) {
      add("record_unreadable");
      continue;
    }
    judgeBody(event, add, look);
    judgeWords(plain, ownEventWords(event), { path, line }, look);
  }
  // Of one that nobody could read, and of none, there is nothing to be anybody's.
  if (redacted && !senders.some((sender) => sender.type === "string")) add("sender_missing");
}

function judgeBody(event: Node, add: (code: "sender_foreign" | "sender_missing" | "record_unreadable") => void, { subject }: Case): void {
  if (event.type !== "object") return add("record_unreadable");
  const members = membersOf(event);
  const outside = members.flatMap((member) => (member.name === "content" ? [] : [member, ...allMembers(member.value)]));
  const senders = outside.filter(({ name }) => name === "sender" || name === "prev_sender").map(({ value }) => value.value as unknown);
  if (!members.some(({ name }) => name === "sender")) add("sender_missing");
  if (senders.some((sender) => sender !== subject)) add("sender_foreign");
}

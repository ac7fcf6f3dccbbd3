import { contentOf, field, text } from "#lib/kinds/json-view.ts";

/** What a person wants to see of an event; every field may be missing, since senders write what they like. */
export interface Readable {
  readonly msgtype: string | null;
  readonly body: string | null;
  readonly relation: string | null;
  readonly relatesTo: string | null;
}

/** For the table only: the NDJSON has the bytes. */
export function readable(json: string | null): Readable {
  return readableContent(contentOf(json));
}

export function readableContent(content: unknown): Readable {
  const relation = field(content, "m.relates_to");
  const reply = text(field(relation, "m.in_reply_to"), "event_id");
  const body = text(content, "body") ?? text(content, "topic") ?? text(content, "name") ?? text(relation, "key");
  return {
    msgtype: text(content, "msgtype"),
    body: reply && body ? withoutQuote(body) : body,
    relation: text(relation, "rel_type") ?? (reply ? "m.in_reply_to" : null),
    relatesTo: text(relation, "event_id") ?? reply ?? text(content, "redacts"),
  };
}

/** Older apps put the words answered to, which are another person's, in lines with ">" before the answer. */
function withoutQuote(body: string): string {
  const lines = body.split("\n");
  const first = lines.findIndex((line) => !line.startsWith(">"));
  const answer = first === -1 ? lines.length : first;
  return lines.slice(answer > 0 && lines[answer] === "" ? answer + 1 : answer).join("\n");
}

import { field, text } from "../json.ts";
import { editedId, relationOf, type ViewerEvent } from "../event.ts";

/** What a message says: of an edit the new text, of anything the plain text and never the HTML. */
export function contentOf(event: ViewerEvent): unknown {
  const fresh = editedId(event) === null ? undefined : field(event.content, "m.new_content");
  return typeof fresh === "object" && fresh !== null ? fresh : event.content;
}

/** The person's own words in an event, or null. Older apps put the words answered to, another person's, in lines with ">" before the answer. */
export function textOf(event: ViewerEvent): string | null {
  const content = contentOf(event);
  const body = text(content, "body") ?? pollText(event, content) ?? text(content, "topic") ?? text(content, "name") ?? text(content, "reason");
  return body !== null && relationOf(event).replyTo !== null ? withoutQuote(body) : body;
}

function withoutQuote(body: string): string {
  const lines = body.split("\n");
  const first = lines.findIndex((line) => !line.startsWith(">"));
  const answer = first === -1 ? lines.length : first;
  return lines.slice(answer > 0 && lines[answer] === "" ? answer + 1 : answer).join("\n");
}

/** MSC3381: question and answers, a line each. */
function pollText(event: ViewerEvent, content: unknown): string | null {
  if (!event.type.endsWith("poll.start")) return null;
  const poll = field(content, "m.poll") ?? field(content, "org.matrix.msc3381.poll.start");
  const words = (part: unknown) => text(part, "m.text", "0", "body") ?? text(part, "org.matrix.msc1767.text") ?? text(part, "m.text") ?? text(part, "body");
  const answers = field(poll, "answers");
  const lines = [words(field(poll, "question")), ...(Array.isArray(answers) ? (answers as unknown[]).map((answer) => `• ${words(answer) ?? ""}`) : [])];
  return lines.filter((line) => line !== null).join("\n") || null;
}

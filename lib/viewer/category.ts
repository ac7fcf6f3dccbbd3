import { field, text } from "./page/json.ts";

/** What the reader can show alone; the words are under `viewer.category.<name>`. Every event is exactly one of them. */
export const categories = ["message", "encrypted", "reaction", "change", "deleted", "other"] as const;
export type Category = (typeof categories)[number];

const messages: ReadonlySet<string> = new Set([
  "m.room.message", "m.sticker", "m.poll.start", "org.matrix.msc3381.poll.start", "m.poll.response", "org.matrix.msc3381.poll.response",
  "m.poll.end", "org.matrix.msc3381.poll.end",
]);

/** @param event a ClientEvent, as far as its sender kept to the form */
export function categoryOf(event: unknown): Category {
  const type = text(event, "type") ?? "";
  if (field(event, "unsigned", "redacted") !== undefined || type === "m.room.redaction") return "deleted";
  if (type === "m.room.encrypted") return "encrypted";
  if (type === "m.reaction") return "reaction";
  if (text(event, "state_key") !== null) return "change";
  return messages.has(type) ? "message" : "other";
}

import { field, text } from "../json.ts";
import { editedId, relationOf, type ViewerEvent } from "../event.ts";
import { membership } from "./membership.ts";
import type { Shown } from "./shown.ts";
import { state } from "./state.ts";
import { contentOf, textOf } from "./text-of.ts";

/** @param known whether an event of this id is in the copy; @param moment a date in words */
export function describe(event: ViewerEvent, known: (id: string) => boolean, moment: (at: number) => string): Shown {
  if (event.unreadable) return { label: "show.unreadable", text: null };
  if (event.redacted) return deleted(event.redacted, moment);
  if (event.locked) return { label: `locked.${event.locked}`, text: null };
  if (event.type === "m.room.member") return membership(event);
  if (event.type === "m.room.redaction") return deletion(event);
  if (event.type === "m.reaction") return reaction(event, known);
  if (event.stateKey !== null) return state(event);
  if (event.type.endsWith("poll.start")) return { label: "show.poll", text: textOf(event) };
  if (event.type.endsWith("poll.response")) return { label: "show.vote", text: null, about: relationOf(event).to };
  if (event.type.endsWith("poll.end")) return { label: "show.pollEnd", text: null, about: relationOf(event).to };
  if (event.type === "m.room.message" || event.type === "m.sticker") return message(event, known);
  return { label: "show.unknown", values: { type: event.type }, text: textOf(event), stored: true };
}

function message(event: ViewerEvent, known: (id: string) => boolean): Shown {
  const said = textOf(event);
  if (editedId(event) !== null) return { label: "show.editLost", text: said };
  const { replyTo } = relationOf(event);
  if (replyTo !== null) return { label: known(replyTo) ? "show.replyOwn" : "show.reply", text: said, about: replyTo };
  const sort = text(contentOf(event), "msgtype");
  if (sort === "m.location") return { label: "show.location", text: [said, text(event.content, "geo_uri")].filter(Boolean).join("\n") };
  if (sort === "m.emote") return { label: "show.emote", text: said };
  if (sort === "m.notice") return { label: "show.notice", text: said };
  return { label: said === null || said === "" ? "show.empty" : null, text: said };
}

function deleted({ by, at }: NonNullable<ViewerEvent["redacted"]>, moment: (at: number) => string): Shown {
  if (at === null) return { label: "show.deletedSometime", text: null };
  const label = by === "self" ? "show.deletedSelf" : by === "other" ? "show.deletedOther" : "show.deleted";
  return { label, values: { when: moment(at) }, text: null };
}

function deletion(event: ViewerEvent): Shown {
  const reason = text(event.content, "reason");
  const about = event.redacts;
  return reason ? { label: "show.deletionReason", values: { reason }, text: null, about } : { label: "show.deletion", text: null, about };
}

function reaction(event: ViewerEvent, known: (id: string) => boolean): Shown {
  const { to } = relationOf(event);
  const key = text(field(event.content, "m.relates_to"), "key") ?? "?";
  return { label: to !== null && known(to) ? "show.reactionOwn" : "show.reaction", values: { key }, text: null, about: to };
}

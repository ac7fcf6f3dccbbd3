import type { Category } from "../category.ts";
import { text } from "./json.ts";
import type { ViewerEvent } from "./event.ts";
import { attachmentOf } from "./shown/attachment.ts";
import { contentOf, textOf } from "./shown/text-of.ts";

/** What is looked at: a room or all of them, and what of it. */
export interface Lens {
  readonly room: number | null;
  /** As typed; empty for everything. */
  readonly query: string;
  readonly category: Category | null;
  /** From this moment on, and before that one (ms). */
  readonly from: number | null;
  readonly to: number | null;
  readonly media: boolean;
}

export const wholeRoom = (room: number | null, query = ""): Lens => ({ room, query, category: null, from: null, to: null, media: false });

export function isFiltered({ category, from, to, media }: Lens): boolean {
  return category !== null || from !== null || to !== null || media;
}

/** For comparing: composed, and without capitals. */
export const folded = (said: string): string => said.normalize("NFC").toLocaleLowerCase();

/** @param query folded */
export function matches(event: ViewerEvent, lens: Lens, query: string): boolean {
  if (lens.category !== null && event.category !== lens.category) return false;
  if (lens.from !== null && (event.at === null || event.at < lens.from)) return false;
  if (lens.to !== null && (event.at === null || event.at >= lens.to)) return false;
  if (lens.media && attachmentOf(event, () => null) === null) return false;
  return query === "" || says(event, query);
}

/** Whether the person's own words in it hold the query. */
export function says(event: ViewerEvent, query: string): boolean {
  if (event.redacted || event.unreadable || event.locked) return false;
  const words = [textOf(event), text(contentOf(event), "filename"), text(event.content, "m.relates_to", "key"), text(event.content, "displayname")];
  return words.some((word) => word !== null && folded(word).includes(query));
}

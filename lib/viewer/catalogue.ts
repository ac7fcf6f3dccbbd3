import type { RoomName } from "#lib/kinds/room-names.ts";
import type { Outline, RoomRun } from "./parts.ts";
import { wrapped } from "./wrapped.ts";

/** A room as the page lists it. */
export interface CatalogueRoom extends RoomRun {
  readonly name: string | null;
  readonly type: string | null;
}

export interface CatalogueMedia {
  /** Relative to the top folder; null when the file is not in the package. */
  readonly path: string | null;
  readonly type: string | null;
  readonly bytes: number | null;
}

/** What the page reads first: `viewer/index.js`. */
export interface Catalogue extends Omit<Outline, "rooms"> {
  readonly format: 1;
  readonly subject: string;
  readonly rooms: readonly CatalogueRoom[];
  /** By address (mxc://server/id): the subject's own uploads. */
  readonly media: Readonly<Record<string, CatalogueMedia>>;
}

/** `viewer/index.js` */
export function catalogueFile(outline: Outline, more: { readonly subject: string; readonly names: readonly RoomName[]; readonly media: Catalogue["media"] }): string {
  const names = new Map(more.names.map((each) => [each.room_id, each]));
  const rooms = outline.rooms.map((room) => ({ ...room, name: names.get(room.id)?.name ?? null, type: names.get(room.id)?.room_type ?? null }));
  const catalogue: Catalogue = { format: 1, subject: more.subject, ...outline, rooms, media: more.media };
  return wrapped("index", [JSON.stringify(catalogue)]);
}

import type { CatalogueMedia } from "../../catalogue.ts";
import { field, number, text } from "../json.ts";
import type { ViewerEvent } from "../event.ts";
import { contentOf } from "./text-of.ts";

/** A file that belongs to a message, as far as the copy has it. */
export interface Attachment {
  readonly sort: "image" | "video" | "audio" | "voice" | "file" | "sticker";
  /** Relative path in the package; null when it is not there. */
  readonly path: string | null;
  /** How it may be shown: everything that is not surely a picture, film or sound is only named. */
  readonly as: "image" | "video" | "audio" | "link";
  readonly name: string | null;
  readonly type: string | null;
  readonly bytes: number | null;
  readonly encrypted: boolean;
  readonly width: number | null;
  readonly height: number | null;
}

const sorts = { "m.image": "image", "m.video": "video", "m.audio": "audio", "m.file": "file" } as const;
/** Extensions are given by the package's writer, by type: an SVG or a page is never among them. */
const images = /\.(?:jpg|png|gif|webp|avif|bmp)$/;
const videos = /\.(?:mp4|webm|mov|mkv)$/;
const sounds = /\.(?:mp3|ogg|m4a|aac|wav|flac|webm)$/;

export function attachmentOf(event: ViewerEvent, media: (address: string) => CatalogueMedia | null): Attachment | null {
  const content = contentOf(event);
  const kind = text(content, "msgtype") ?? "";
  const found = event.type === "m.sticker" ? "sticker" : event.type === "m.room.message" && Object.hasOwn(sorts, kind) ? sorts[kind as keyof typeof sorts] : null;
  if (!found) return null;
  const voice = found === "audio" && (field(content, "org.matrix.msc3245.voice") ?? field(content, "m.voice")) !== undefined;
  const sealed = text(content, "file", "url");
  const held = media(sealed ?? text(content, "url") ?? "");
  return {
    sort: voice ? "voice" : found,
    path: held?.path ?? null,
    as: sealed === null ? way(held?.path ?? "", found) : "link",
    name: text(content, "filename") ?? text(content, "body"),
    type: text(content, "info", "mimetype") ?? held?.type ?? null,
    bytes: held?.bytes ?? number(content, "info", "size"),
    encrypted: sealed !== null,
    width: side(content, "w"),
    height: side(content, "h"),
  };
}

function way(path: string, sort: Attachment["sort"]): Attachment["as"] {
  if (images.test(path)) return "image";
  if (sort !== "audio" && videos.test(path)) return "video";
  return sounds.test(path) ? "audio" : "link";
}

/** Room kept for a picture before it is there; a size nobody takes pictures in is none. */
function side(content: unknown, key: "w" | "h"): number | null {
  const value = number(content, "info", key);
  return value !== null && value >= 1 && value <= 20_000 ? value : null;
}

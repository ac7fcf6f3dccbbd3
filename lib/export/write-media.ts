import type { Attachment, Column } from "#lib/kinds/kind.ts";
import { type Homeserver, HomeserverRefused, HomeserverUnavailable, type MediaFile } from "#lib/matrix/homeserver.ts";
import type { Archive } from "./archive.ts";
import { csvBytes } from "./csv.ts";
import type { ManifestFile } from "./manifest.ts";
import { mediaPath } from "./media-path.ts";
import type { Progress } from "./progress.ts";

export const mediaIndexPath = "data/media-files.csv";

export const mediaIndexColumns: readonly Column[] = [
  { name: "media_id", type: "string" },
  { name: "file", type: "string" },
  { name: "content_type", type: "string" },
  { name: "bytes", type: "integer" },
  { name: "sha256", type: "string" },
  { name: "status", type: "string" },
];

export interface WrittenMedia {
  readonly files: readonly ManifestFile[];
  /** Media IDs the homeserver lists and could not give. */
  readonly missing: readonly string[];
}

/**
 * Fetches one file after the other and stores it under a number. A file that is gone is named and the
 * run goes on; a homeserver that is away, or a file that breaks off half-way, fails the build, since
 * an entry once begun cannot be taken back.
 */
export async function writeMedia(
  archive: Archive, homeserver: Pick<Homeserver, "openMedia">, attachments: readonly Attachment[], progress: Progress,
): Promise<WrittenMedia> {
  const files: ManifestFile[] = [];
  const missing: string[] = [];
  for (const { mediaId, contentType } of attachments) {
    const found = await openOrNull(homeserver, mediaId);
    if (found) {
      const path = mediaPath(files.length + 1, contentType);
      const { bytes, sha256 } = await archive.add(path, whole(found), { store: true });
      files.push({ path, bytes, sha256, kind: "media", mediaId });
    } else {
      missing.push(mediaId);
    }
    progress.file("media");
  }
  return { files, missing };
}

/** Which number is which file: the original names stand beside the media ID in data/media.csv. */
export function mediaIndex(attachments: readonly Attachment[], { files, missing }: WrittenMedia): AsyncIterable<Buffer> {
  const types = new Map(attachments.map((each) => [each.mediaId as string, each.contentType]));
  const present = files.map((file) => [file.mediaId ?? "", file.path, types.get(file.mediaId ?? "") ?? null, file.bytes, file.sha256, "included"]);
  const absent = missing.map((mediaId) => [mediaId, null, types.get(mediaId) ?? null, null, null, "missing"]);
  return csvBytes(mediaIndexColumns.map(({ name }) => name), [...present, ...absent]);
}

async function openOrNull(homeserver: Pick<Homeserver, "openMedia">, mediaId: Attachment["mediaId"]): Promise<MediaFile | null> {
  try {
    return await homeserver.openMedia(mediaId);
  } catch (error) {
    // 401 and 403 mean our token, and every other file would be "missing" too.
    if (error instanceof HomeserverRefused && error.status !== 401 && error.status !== 403) return null;
    throw error;
  }
}

async function* whole({ content, bytes }: MediaFile): AsyncGenerator<Uint8Array> {
  let read = 0;
  try {
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      read += chunk.length;
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof HomeserverUnavailable ? cause : new HomeserverUnavailable("a media file broke off", { cause });
  }
  if (bytes !== null && read !== bytes) throw new HomeserverUnavailable("a media file broke off");
}

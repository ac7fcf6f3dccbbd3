import { giveBack } from "#lib/give-back.ts";
import type { Attachment, Kind, Source } from "#lib/kinds/kind.ts";
import type { RoomName } from "#lib/kinds/room-names.ts";
import { type Catalogue, catalogueFile } from "#lib/viewer/catalogue.ts";
import { type Outline, partName } from "#lib/viewer/parts.ts";
import type { Archive } from "./archive.ts";
import { butLast } from "./but-last.ts";
import type { ManifestFile } from "./manifest.ts";
import { offProcess } from "./off-process/run.ts";
import type { WrittenMedia } from "./write-media.ts";

/** The parts of the reading view, and what its table of contents will be made of. */
export interface WrittenParts {
  readonly files: readonly ManifestFile[];
  readonly outline: Outline;
  readonly names: readonly RoomName[];
}

/** `viewer/messages-0001.js` and on: a pass of its own over the lines of the kind, in a process of its own, each part held once. */
export async function writeViewerParts(archive: Archive, kind: Kind, timeline: NonNullable<Kind["timeline"]>, source: Source, signal: AbortSignal): Promise<WrittenParts> {
  const files: ManifestFile[] = [];
  const { chunks, last } = butLast(offProcess("viewer.parts", { subject: source.subject }, kind.ndjson(source), { signal }));
  for await (const part of chunks) {
    files.push(await add(archive, `viewer/${partName(files.length + 1)}.js`, part));
    giveBack(part);
  }
  const outline = JSON.parse(last()) as Outline;
  return { files, outline, names: await timeline.rooms(source, outline.rooms.map((room) => room.id)) };
}

/** `viewer/index.js`, once it is known which file is which number. */
export function writeCatalogue(
  archive: Archive, { outline, names }: WrittenParts, about: { readonly subject: string; readonly server: string }, attachments: readonly Attachment[], media: WrittenMedia,
): Promise<ManifestFile> {
  const types = new Map(attachments.map((each) => [each.mediaId as string, each.contentType]));
  const entries = media.files.map(({ path, bytes, mediaId = "" }): [string, Catalogue["media"][string]] => [`mxc://${about.server}/${mediaId}`, { path, bytes, type: types.get(mediaId) ?? null }]);
  return add(archive, "viewer/index.js", Buffer.from(catalogueFile(outline, { subject: about.subject, names, media: Object.fromEntries(entries) })));
}

async function add(archive: Archive, path: string, content: Buffer): Promise<ManifestFile> {
  const { bytes, sha256 } = await archive.add(path, content);
  return { path, bytes, sha256, kind: "messages" };
}

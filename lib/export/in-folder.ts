import type { Archive, WrittenFile } from "./archive.ts";

/** The archive with every entry inside `folder`; callers, and what they are told back, know paths below it. */
export function inFolder(archive: Archive, folder: string): Archive {
  const as = async (path: string, written: Promise<WrittenFile>) => ({ ...(await written), path });
  return {
    ...archive,
    add: (path, content, options) => as(path, archive.add(`${folder}/${path}`, content, options)),
    addPacked: (path, packed) => as(path, archive.addPacked(`${folder}/${path}`, packed)),
  };
}

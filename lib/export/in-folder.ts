import type { Archive } from "./archive.ts";

/** The archive with every entry inside `folder`; callers, and what they are told back, know paths below it. */
export function inFolder(archive: Archive, folder: string): Archive {
  return { ...archive, add: async (path, content, options) => ({ ...(await archive.add(`${folder}/${path}`, content, options)), path }) };
}

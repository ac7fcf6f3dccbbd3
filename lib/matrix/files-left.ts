import { access } from "node:fs/promises";
import path from "node:path";
import { HomeserverUnavailable, type MediaId } from "./homeserver.ts";

/** How many of the files, each with its thumbnails, still lie in the media store; null: it is not mounted here. */
export type FilesLeft = (mediaIds: readonly MediaId[]) => Promise<number | null>;

/** Where Synapse keeps files of its own people, previews of links, and what it makes of both (filepath.py): `ab/cd/rest` under each. */
const folders = ["local_content", "local_thumbnails", "url_cache", "url_cache_thumbnails"];

/** @param store Synapse's media store, where it is mounted */
export function openFilesLeft(store: string | null): FilesLeft {
  return async (mediaIds) => {
    if (store === null) return null;
    // A folder that is not there at all is a mount that is missing, and no proof of anything.
    if (!(await exists(store))) return null;
    let left = 0;
    for (const id of mediaIds) {
      for (const file of placesOf(store, id)) if (await exists(file)) left += 1;
    }
    return left;
  };
}

function placesOf(store: string, id: string): string[] {
  // Other ids cannot be Synapse's and would be able to leave the folder.
  if (!/^[A-Za-z0-9_-]{5,255}$/.test(id)) return [];
  const own = folders.map((folder) => path.join(store, folder, id.slice(0, 2), id.slice(2, 4), id.slice(4)));
  // Newer previews lie by the day they were made: 2026-11-26_rest.
  const day = /^(\d{4}-\d{2}-\d{2})_(.+)$/.exec(id);
  return day ? [...own, ...folders.slice(2).map((folder) => path.join(store, folder, day[1] ?? "", day[2] ?? ""))] : own;
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw new HomeserverUnavailable("the media store cannot be read", { cause: error });
  }
}

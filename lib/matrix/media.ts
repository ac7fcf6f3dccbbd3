import { open } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { HomeserverRefused, HomeserverUnavailable, type MediaFile, type MediaId } from "./homeserver.ts";
import { refusal, send } from "./http.ts";

/** No byte for this long, or no end after that: the file counts as not delivered. */
const idleMs = 30_000;
const totalMs = 15 * 60_000;

/** From Synapse's media store where it is mounted: `local_content/ab/cd/rest`. null when it is not there. */
export async function openFromStore(store: string, mediaId: MediaId): Promise<MediaFile | null> {
  // Other ids cannot be Synapse's and would be able to leave the folder.
  if (!/^[A-Za-z0-9_-]{5,255}$/.test(mediaId)) return null;
  const file = path.join(store, "local_content", mediaId.slice(0, 2), mediaId.slice(2, 4), mediaId.slice(4));
  try {
    const handle = await open(file, "r");
    const { size } = await handle.stat();
    return { content: handle.createReadStream(), bytes: size };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new HomeserverUnavailable("the media store cannot be read", { cause: error });
  }
}

/** Through the authenticated media endpoint. null when the homeserver has no such file (deleted, lost, quarantined). */
export async function openFromServer(url: string, token: string, timing = { idleMs, totalMs }): Promise<MediaFile | null> {
  const stop = new AbortController();
  const response = await watched(stop, timing.idleMs, send(url, { token }, AbortSignal.any([stop.signal, AbortSignal.timeout(timing.totalMs)])));
  if (!response.ok) {
    const text = (await watched(stop, timing.idleMs, response.text()).catch(() => "")).slice(0, 4096);
    const error = refusal(response, text);
    if (error instanceof HomeserverRefused && error.status === 404) return null;
    throw error;
  }
  const length = response.headers.get("content-length");
  return { content: Readable.from(chunks(response, stop, timing.idleMs)), bytes: length === null ? null : Number(length) };
}

async function* chunks(response: Response, stop: AbortController, idle: number): AsyncGenerator<Uint8Array> {
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  try {
    for (;;) {
      const { done, value } = await watched(stop, idle, reader.read());
      if (done) return;
      yield value;
    }
  } catch (cause) {
    throw new HomeserverUnavailable("the homeserver broke off a file", { cause });
  } finally {
    stop.abort();
  }
}

async function watched<T>(stop: AbortController, idle: number, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => stop.abort(), idle);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { diskBlobs } from "./disk.ts";
import { openFrames, sealedRange, sealFrames } from "./frames.ts";
import { newFrameKey, unwrapKey, wrapKey, wrappingKeys } from "./keys.ts";
import { s3Blobs, type S3Place } from "./s3.ts";
import { type BlobStore, type Storage, StorageCorrupt } from "./storage.ts";

export type Place = { readonly type: "disk"; readonly folder: string } | ({ readonly type: "s3" } & S3Place);

type PackageKey = Parameters<typeof wrappingKeys>[0];

/** Generated names only: nothing a path or a URL could be made of. */
const storageKeys = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/**
 * @param key PACKAGE_KEY, see wrappingKeys()
 * @throws Error when the key is not 32 bytes
 */
export function openStorage({ place, key }: { place: Place; key: PackageKey }): Storage {
  return sealedStorage(place.type === "disk" ? diskBlobs(place.folder) : s3Blobs(place), key);
}

/** The encrypting layer over any place for bytes. */
export function sealedStorage(blobs: BlobStore, configuredKey: PackageKey): Storage {
  const keys = wrappingKeys(configuredKey);
  const storage: Storage = {
    async seal(storageKey, plain) {
      assertKey(storageKey);
      const frameKey = newFrameKey();
      const hash = createHash("sha256");
      let bytes = 0;
      async function* observed() {
        for await (const chunk of plain) {
          hash.update(chunk);
          bytes += chunk.length;
          yield chunk;
        }
      }
      await blobs.put(storageKey, sealFrames(frameKey, observed()));
      return { storageKey, wrappedKey: wrapKey(keys, storageKey, frameKey), bytes, sha256: hash.digest("hex") };
    },
    async open({ storageKey, wrappedKey, bytes }, range) {
      assertKey(storageKey);
      const wanted = range ?? { start: 0, end: Math.max(0, bytes - 1) };
      if (range && (range.start < 0 || range.start > range.end || range.end >= bytes)) throw new RangeError("range outside the package");
      const frameKey = unwrapKey(keys, storageKey, wrappedKey);
      const stored = await blobs.get(storageKey, sealedRange(bytes, wanted));
      const frames = openFrames(frameKey, bytes, wanted, stored);
      // The first frame is checked before anybody is told that the download begins.
      const first = await frames.next();
      return Readable.from(rest(first, frames), { objectMode: false });
    },
    async remove(storageKey) {
      assertKey(storageKey);
      await blobs.remove(storageKey);
    },
    list: () => blobs.list(),
    async check() {
      const probe = Buffer.from(randomUUID());
      const sealed = await storage.seal(`probe-${randomUUID()}`, Readable.from([probe]));
      try {
        const back = await (await storage.open(sealed)).toArray();
        if (!Buffer.concat(back as Buffer[]).equals(probe)) throw new StorageCorrupt();
      } finally {
        await storage.remove(sealed.storageKey);
      }
    },
  };
  return storage;
}

async function* rest(first: IteratorResult<Buffer>, frames: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    if (!first.done) yield first.value;
    yield* frames;
  } finally {
    await frames.return(undefined);
  }
}

function assertKey(storageKey: string): void {
  if (!storageKeys.test(storageKey)) throw new Error("storage key is not a generated name");
}

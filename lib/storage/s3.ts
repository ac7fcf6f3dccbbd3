import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { Readable } from "node:stream";
import { type BlobStore, StorageCorrupt, StorageFull } from "./storage.ts";

/** Any S3-compatible store; an empty endpoint means Amazon's of the region. */
export interface S3Place {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const full = new Set(["QuotaExceeded", "StorageFull", "XMinioStorageFull", "InsufficientStorage"]);
const partSize = 8 * 1024 * 1024;

function isFull(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return full.has(name ?? "") || $metadata?.httpStatusCode === 507;
}

/**
 * Blobs as objects. An object appears when its multipart upload is completed, never in part; a broken
 * source aborts the upload. A worker killed -9 leaves parts that no listing shows: give the bucket a
 * lifecycle rule that aborts incomplete multipart uploads after a day.
 */
export function s3Blobs(place: S3Place): BlobStore {
  const { endpoint, region, bucket: Bucket, accessKeyId, secretAccessKey } = place;
  // Few besides Amazon have a host name for every bucket.
  const client = new S3Client({ ...(endpoint ? { endpoint } : {}), region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } });
  return {
    async put(Key, bytes) {
      let broken: { error: unknown } | null = null;
      async function* watched() {
        try {
          yield* bytes;
        } catch (error) {
          broken = { error };
          throw error;
        }
      }
      const Body = Readable.from(watched(), { objectMode: false, highWaterMark: partSize });
      try {
        await new Upload({ client, params: { Bucket, Key, Body }, partSize, queueSize: 2 }).done();
      } catch (error) {
        // Not every store can abort an upload, and its refusal would hide why there was one to abort.
        const reason = (broken as { error: unknown } | null)?.error ?? error;
        throw isFull(reason) ? new StorageFull({ cause: reason }) : reason;
      } finally {
        Body.destroy();
      }
    },
    async get(Key, range) {
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket, Key, Range: `bytes=${range.start}-${range.end}` }));
        if (!(answer.Body instanceof Readable)) throw new Error("the store sent no body");
        return answer.Body;
      } catch (cause) {
        const name = (cause as { name?: string }).name ?? "";
        if (name === "NoSuchKey" || name === "NotFound" || name === "InvalidRange") throw new StorageCorrupt({ cause });
        throw cause;
      }
    },
    async remove(Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
    async *list() {
      for await (const page of paginateListObjectsV2({ client }, { Bucket })) {
        for (const { Key, LastModified } of page.Contents ?? []) {
          if (Key && LastModified) yield { storageKey: Key, modifiedAt: LastModified };
        }
      }
    },
  };
}

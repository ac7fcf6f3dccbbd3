import type { S3Client } from "@aws-sdk/client-s3";
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

// Loaded when a bucket is used at all: the two are 30 MB of the memory of every process that has them.
const sdk = () => import("@aws-sdk/client-s3");
const uploads = () => import("@aws-sdk/lib-storage");

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
  const settings = { ...(endpoint ? { endpoint } : {}), region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } };
  let opened: Promise<S3Client> | undefined;
  const open = () => (opened ??= sdk().then(({ S3Client }) => new S3Client(settings)));
  return {
    async put(Key, bytes) {
      let broken: { error: unknown } | null = null;
      async function* watched() {
        try {
          // A part gathers chunks, and each is good until the next only.
          for await (const chunk of bytes) yield Buffer.from(chunk);
        } catch (error) {
          broken = { error };
          throw error;
        }
      }
      const Body = Readable.from(watched(), { objectMode: false, highWaterMark: partSize });
      try {
        const { Upload } = await uploads();
        const client = await open();
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
      const { GetObjectCommand } = await sdk();
      const client = await open();
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
      const { DeleteObjectCommand } = await sdk();
      await (await open()).send(new DeleteObjectCommand({ Bucket, Key }));
    },
    async *list() {
      const { paginateListObjectsV2 } = await sdk();
      const client = await open();
      for await (const page of paginateListObjectsV2({ client }, { Bucket })) {
        for (const { Key, LastModified } of page.Contents ?? []) {
          if (Key && LastModified) yield { storageKey: Key, modifiedAt: LastModified };
        }
      }
    },
  };
}

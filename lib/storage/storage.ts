import type { Readable } from "node:stream";

/** A sealed package: where it lies and what opens it. `bytes` and `sha256` (hex) are of the plain content. */
export interface Sealed {
  readonly storageKey: string;
  readonly wrappedKey: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Inclusive byte range of the plain content, as in RFC 9110 § 14. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** No room left on the device or in the bucket. */
export class StorageFull extends Error {
  constructor(options: { cause?: unknown } = {}) {
    super("storage is full", options);
    this.name = "StorageFull";
  }
}

/** The bytes at rest do not match their key or tag: they are never handed out. */
export class StorageCorrupt extends Error {
  constructor(options: { cause?: unknown } = {}) {
    super("stored bytes fail authentication", options);
    this.name = "StorageCorrupt";
  }
}

/**
 * PORT: sealed packages. Encryption at rest lives here (AES-256-GCM in 1 MiB frames, one data key a
 * package, wrapped by the configured key): plain bytes never touch the disk.
 */
export interface Storage {
  /** Reads `plain` to its end, then publishes under `storageKey` at once; on any error nothing is visible. */
  seal(storageKey: string, plain: AsyncIterable<Uint8Array>): Promise<Sealed>;
  /** Plain bytes, the whole or one range. Throws StorageCorrupt before a wrong byte leaves. */
  open(sealed: Omit<Sealed, "sha256">, range?: ByteRange): Promise<Readable>;
  /** Removing what is not there is no error. */
  remove(storageKey: string): Promise<void>;
  /** Everything stored, for the sweep of orphans. */
  list(): AsyncIterable<{ storageKey: string; modifiedAt: Date }>;
  /** Writes, reads and removes a probe. */
  check(): Promise<void>;
}

/** What a place for bytes must do; disk.ts and s3.ts. Knows nothing of keys. */
export interface BlobStore {
  /** Atomic: visible whole or not at all. A chunk of `bytes` is good until the next is asked for. */
  put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** Inclusive range of stored bytes. */
  get(key: string, range: ByteRange): Promise<Readable>;
  remove(key: string): Promise<void>;
  list(): AsyncIterable<{ storageKey: string; modifiedAt: Date }>;
}

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

const noRoom: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** An error of the file system: StorageFull where it says that there is no room, itself otherwise. */
export function orFull(error: unknown): unknown {
  return noRoom.has((error as { code?: unknown } | null)?.code) ? new StorageFull({ cause: error }) : error;
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
  /**
   * Reads `plain` to its end, then publishes under `storageKey` at once; on any error nothing is visible.
   * A chunk of `plain` is good until the next is asked for.
   */
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

/** Plain bytes that were put aside for a while. */
export interface Spooled {
  /** From the beginning; each chunk is the reader's own. Throws StorageCorrupt before a wrong byte leaves. */
  read(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/**
 * PORT: reads `plain` to its end and keeps it until it is closed. Sealed as packages are, under a key that only this process
 * has, and out of reach of everybody else: a process that is killed leaves nothing behind. Throws StorageFull.
 */
export type Spool = (plain: AsyncIterable<Uint8Array>) => Promise<Spooled>;

/** What a place for bytes must do; disk.ts and s3.ts. Knows nothing of keys. */
export interface BlobStore {
  /** Atomic: visible whole or not at all. A chunk of `bytes` is good until the next is asked for. */
  put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** Inclusive range of stored bytes. */
  get(key: string, range: ByteRange): Promise<Readable>;
  remove(key: string): Promise<void>;
  list(): AsyncIterable<{ storageKey: string; modifiedAt: Date }>;
}

import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { RandomAccessReader } from "yauzl";
import type { Sealed, Storage } from "#lib/storage/storage.ts";

/** As the storage's frames are, so that no frame is opened twice in a row. */
const blockBytes = 1024 * 1024;
const blocksHeld = 4;
/** Longer ranges stream past the cache. */
const longRange = blocksHeld * blockBytes;

/**
 * A sealed package as yauzl wants it. Whoever reads a ZIP from its directory asks for many small ranges close to each
 * other, and each would open a whole frame: so a few blocks are held.
 */
export class BlockReader extends RandomAccessReader {
  /** What the storage threw: then nothing is known about the package, and nothing may be said about it. */
  failure: unknown = null;
  private readonly blocks = new Map<number, Promise<Buffer>>();
  private readonly storage: Pick<Storage, "open">;
  private readonly sealed: Omit<Sealed, "sha256">;

  constructor(storage: Pick<Storage, "open">, sealed: Omit<Sealed, "sha256">) {
    super();
    this.storage = storage;
    this.sealed = sealed;
  }

  /** @param end exclusive */
  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.bytes(start, end), { objectMode: false });
  }

  override read(target: Buffer, offset: number, length: number, position: number, done: (error: Error | null) => void): void {
    const read = async () => {
      let at = offset;
      for await (const chunk of this.bytes(position, position + length)) at += chunk.copy(target, at);
    };
    read().then(() => done(null), (error: unknown) => done(error as Error));
  }

  private async *bytes(start: number, end: number): AsyncGenerator<Buffer> {
    try {
      if (end - start > longRange) {
        yield* (await this.storage.open(this.sealed, { start, end: end - 1 })) as AsyncIterable<Buffer>;
        return;
      }
      for (let at = start; at < end; ) {
        const from = Math.floor(at / blockBytes) * blockBytes;
        const block = await this.block(from);
        const part = block.subarray(at - from, end - from);
        if (part.length === 0) throw new RangeError("behind the end of the package");
        yield part;
        at += part.length;
      }
    } catch (error) {
      // A range that cannot be is the ZIP's fault and not the storage's.
      if (!(error instanceof RangeError)) this.failure ??= error;
      throw error;
    }
  }

  private block(from: number): Promise<Buffer> {
    const held = this.blocks.get(from) ?? this.load(from);
    this.blocks.delete(from);
    this.blocks.set(from, held);
    const [oldest] = this.blocks.keys();
    if (this.blocks.size > blocksHeld && oldest !== undefined) this.blocks.delete(oldest);
    return held;
  }

  private async load(start: number): Promise<Buffer> {
    const end = Math.min(start + blockBytes, this.sealed.bytes) - 1;
    return await buffer(await this.storage.open(this.sealed, { start, end }));
  }
}

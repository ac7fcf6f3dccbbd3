import type { Connection, Submittable } from "pg";
import { giveBack } from "#lib/give-back.ts";
import { copyRows } from "./copy-rows.ts";

/**
 * A query of pg that reads the answer to `COPY … TO STDOUT` from the socket itself, a chunk at a time, into one batch that is filled
 * again and again. Written here because the library leaves too much to the collector: decision 8.
 */
export class CopyOut implements Submittable {
  readonly #text: string;
  readonly #read = copyRows();
  #connection: Connection | null = null;
  /** What pg listens with: it reads everything but the rows. */
  #usual: ((chunk: Buffer) => void)[] = [];
  #chunk: Buffer | null = null;
  #at = 0;
  #ended: { readonly failure: Error | null } | null = null;
  #wake: () => void = () => undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Called by pg at this query's turn. */
  submit(connection: Connection): void {
    this.#connection = connection;
    this.#usual = connection.stream.listeners("data") as ((chunk: Buffer) => void)[];
    for (const listener of this.#usual) connection.stream.off("data", listener);
    connection.stream.on("data", this.#take);
    connection.query(this.#text);
  }

  /** Waits for bytes to fill a batch with. False when there are no more. @throws Error what the server or the connection says */
  async more(): Promise<boolean> {
    while (!this.#chunk && !this.#ended) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      this.#connection?.stream.resume();
      await woken;
    }
    if (this.#ended?.failure) throw this.#ended.failure;
    return this.#chunk !== null;
  }

  /** Puts rows behind what `batch` holds, until it is full or what came is used up. @returns bytes it holds now */
  fill(batch: Buffer, before: number): number {
    if (!this.#chunk) return before;
    const { at, held, over } = this.#read(this.#chunk, this.#at, batch, before);
    this.#at = at;
    if (over) this.#handBack(this.#chunk.subarray(at));
    else if (at === this.#chunk.length) this.#leave(this.#chunk);
    return held;
  }

  handleError(failure: Error): void {
    this.#end(failure);
  }

  handleCommandComplete(): void {
    // How many rows it says is held against nothing here: who writes the lines counts them.
  }

  handleReadyForQuery(): void {
    this.#end(null);
  }

  readonly #take = (chunk: Buffer): void => {
    this.#connection?.stream.pause();
    [this.#chunk, this.#at] = [chunk, 0];
    this.#wake();
  };

  #leave(chunk: Buffer): void {
    this.#chunk = null;
    giveBack(chunk);
  }

  /** The end of the rows, or an error in their place, is pg's to read. */
  #handBack(rest: Buffer): void {
    this.#chunk = null;
    const stream = this.#connection?.stream.off("data", this.#take);
    for (const listener of this.#usual) {
      stream?.on("data", listener);
      listener(rest);
    }
    stream?.resume();
  }

  #end(failure: Error | null): void {
    this.#ended ??= { failure };
    this.#wake();
  }
}

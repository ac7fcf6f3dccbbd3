import type { Connection, Submittable } from "pg";
import { giveBack } from "#lib/give-back.ts";
import { copyRows } from "./copy-rows.ts";

/** A batch that is being filled. */
interface Filling {
  readonly batch: Buffer;
  held: number;
  readonly heard: () => void;
  readonly done: (held: number) => void;
  readonly broken: (failure: Error) => void;
}

/**
 * A query of pg that reads the answer to `COPY … TO STDOUT` from the socket itself, straight into a batch of whoever asks.
 * Written here because the library leaves too much to the collector: decision 8.
 */
export class CopyOut implements Submittable {
  readonly #text: string;
  readonly #read = copyRows();
  #connection: Connection | null = null;
  /** What pg listens with: it reads everything but the rows. */
  #usual: ((chunk: Buffer) => void)[] = [];
  #chunk: Buffer | null = null;
  #at = 0;
  #filling: Filling | null = null;
  #ended: { readonly failure: Error | null } | null = null;

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

  /**
   * Fills `batch` with rows; between two of these the socket is held back.
   * @param heard called whenever something arrives
   * @returns bytes it holds: fewer than it has room for when there are no more
   * @throws Error what the server or the connection says
   */
  gather(batch: Buffer, heard: () => void): Promise<number> {
    return new Promise((done, broken) => {
      this.#filling = { batch, held: 0, heard, done, broken };
      if (this.#ended) return this.#end(null);
      if (this.#chunk) this.#fill(this.#chunk);
      if (this.#filling) this.#connection?.stream.resume();
    });
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

  /** What comes before it is asked for waits: at most the one chunk that was under way. */
  readonly #take = (chunk: Buffer): void => {
    [this.#chunk, this.#at] = [chunk, 0];
    this.#filling?.heard();
    this.#fill(chunk);
  };

  #fill(chunk: Buffer): void {
    if (!this.#filling) return this.#hold();
    const { at, held, over } = this.#read(chunk, this.#at, this.#filling.batch, this.#filling.held);
    this.#at = at;
    this.#filling.held = held;
    if (over) return this.#handBack(chunk.subarray(at));
    if (at === chunk.length) {
      this.#chunk = null;
      giveBack(chunk);
    }
    if (held < this.#filling.batch.length) return;
    this.#hold();
    this.#filling.done(held);
    this.#filling = null;
  }

  #hold(): void {
    this.#connection?.stream.pause();
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
    const { failure: said } = (this.#ended ??= { failure });
    const filling = this.#filling;
    this.#filling = null;
    if (said) filling?.broken(said);
    else filling?.done(filling.held);
  }
}

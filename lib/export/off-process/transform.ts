/**
 * A pure function over bytes: all it may use is `input`, whose chunks are good until the next is asked for, and `params`. Every chunk it
 * yields arrives as one chunk.
 * `tell` adds to the number of records that is reported together with the next chunk, or at the end.
 */
export type Transform<P> = (input: AsyncIterable<Buffer>, params: P, tell: (records: number) => void) => AsyncIterable<Uint8Array>;

/** Loaders by name, so that a process loads its own task alone. Params are whatever JSON can carry. */
export type Tasks = Readonly<Record<string, () => Promise<Transform<never>>>>;

/** What a task wants to be told. */
export type ParamsOf<T extends Tasks, N extends keyof T> = Awaited<ReturnType<T[N]>> extends Transform<infer P> ? P : never;

import { Abandoned } from "./archive.ts";

/**
 * One source for two readers: `first` asks for the next chunk, and gets it once `second` has done with it, so that a chunk
 * is good until the next is asked for, for both. When either leaves, the other is told by Abandoned; an error of the source
 * reaches both. `leave` is for a second reader who never began.
 */
export function both(source: AsyncIterable<Uint8Array>): { readonly first: AsyncGenerator<Uint8Array>; readonly second: AsyncGenerator<Uint8Array>; leave(): void } {
  let next = handover();
  let [left, release] = [false, () => {}];
  const leave = () => {
    left = true;
    release();
  };
  async function* first() {
    try {
      for await (const chunk of source) {
        const taken = new Promise<void>((resolve) => (release = resolve));
        next.give(chunk);
        if (!left) await taken;
        if (left) throw new Abandoned();
        yield chunk;
      }
      next.give(null);
    } catch (error) {
      next.refuse(error);
      throw error;
    } finally {
      next.refuse(new Abandoned());
    }
  }
  async function* second() {
    try {
      for (let chunk = await next.given; chunk; chunk = await next.given) {
        next = handover();
        yield chunk;
        release();
      }
    } finally {
      leave();
    }
  }
  return { first: first(), second: second(), leave };
}

function handover() {
  let [give, refuse]: [(chunk: Uint8Array | null) => void, (error: unknown) => void] = [() => undefined, () => undefined];
  const given = new Promise<Uint8Array | null>((resolve, reject) => ([give, refuse] = [resolve, reject]));
  // Heard by the second reader, who may have left.
  given.catch(() => undefined);
  return { given, give, refuse };
}

import { describe, expect, it } from "vitest";
import { Abandoned } from "#lib/export/archive.ts";
import { both } from "#lib/export/both.ts";

/** Numbers in one buffer that is filled again and again, as pieces are. */
async function* reused(count: number, end: () => void = () => undefined) {
  const buffer = Buffer.alloc(1);
  for (let at = 0; at < count; at += 1) yield buffer.fill(at);
  end();
}
const read = async (chunks: AsyncIterable<Uint8Array>, pause = () => Promise.resolve()) => {
  const seen: number[] = [];
  for await (const chunk of chunks) {
    await pause();
    seen.push(chunk[0] ?? -1);
  }
  return seen;
};
const later = () => new Promise<void>((resolve) => setTimeout(resolve, 2));
const caught = (promise: Promise<unknown>) => promise.then(() => null, (error: unknown) => error);
const numbers = [0, 1, 2, 3, 4];

describe("two readers of one source", () => {
  it.each([["as fast", undefined, undefined], ["the first slower", later, undefined], ["the second slower", undefined, later]])("see each chunk as it was, %s", async (_name, one, two) => {
    const { first, second } = both(reused(5));
    expect(await Promise.all([read(first, one), read(second, two)])).toEqual([numbers, numbers]);
  });

  it("both see the end of nothing at all", async () => {
    const { first, second } = both(reused(0));
    expect(await Promise.all([read(first), read(second)])).toEqual([[], []]);
  });

  it("go no further than the slower one", async () => {
    let taken = 0;
    const { first, second } = both((async function* () { for (; taken < 50; taken += 1) yield Buffer.alloc(1); })());
    void caught(read(first));
    await second.next();
    await later();
    expect(taken).toBe(0);
  });

  it("both hear what breaks the source", async () => {
    const broken = new Error("connection lost");
    const { first, second } = both((async function* () { yield Buffer.alloc(1); throw broken; })());
    expect(await Promise.all([caught(read(first)), caught(read(second))])).toEqual([broken, broken]);
  });

  it("the second leaves: the first is told at its next chunk", async () => {
    const { first, second } = both(reused(5));
    const reading = caught(read(first));
    await second.next();
    await second.return(undefined);
    expect(await reading).toBeInstanceOf(Abandoned);
  });

  it("the second never comes: the first is told, whether it waits already or not", async () => {
    for (const wait of [later, () => Promise.resolve()]) {
      const { first, leave } = both(reused(5));
      const reading = caught(read(first));
      await wait();
      leave();
      expect(await reading).toBeInstanceOf(Abandoned);
    }
  });

  it("the first leaves: the source is closed, and the second is told", async () => {
    let closed = false;
    const { first, second } = both((async function* () { try { yield* reused(5); } finally { closed = true; } })());
    const reading = caught(read(second));
    await first.next();
    await first.return(undefined);
    expect(await reading).toBeInstanceOf(Abandoned);
    expect(closed).toBe(true);
  });
});

/** All chunks but the last, in which a task says what they hold: `last` gives it, once the others are read. */
export function butLast(all: AsyncIterable<Buffer>): { readonly chunks: AsyncGenerator<Buffer>; last(): string } {
  let held: Buffer | null = null;
  async function* chunks() {
    for await (const chunk of all) {
      if (held) yield held;
      held = chunk;
    }
  }
  return { chunks: chunks(), last: () => held?.toString() ?? "" };
}

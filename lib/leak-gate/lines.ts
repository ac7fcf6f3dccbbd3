const newline = 0x0a;

/** The longest thing Synapse stores in one row is 12.5 MiB; base 64 makes a third more of it. */
export const longestLine = 32 * 1024 * 1024;

/** A line was longer than anything that is stored. */
export class LineTooLong extends Error {}

/** Lines without their break; never more than one of them is held. What stands behind the last break is a line too. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      const rest = chunk.subarray(from, at);
      yield held.length > 0 ? Buffer.concat([...held, rest]) : rest;
      held = [];
      size = 0;
      from = at + 1;
    }
    const rest = chunk.subarray(from);
    if (rest.length === 0) continue;
    size += rest.length;
    if (size > longestLine) throw new LineTooLong();
    held.push(rest);
  }
  if (size > 0) yield Buffer.concat(held);
}

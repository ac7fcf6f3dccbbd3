import { StringDecoder } from "node:string_decoder";
import type { Case } from "./case.ts";
import { judgeCopy } from "./words.ts";

/** What is not text in a package: looked at as bytes, by length and hash alone. */
const binary = /^data\/media\/|\.(?:pdf|wasm|woff2?|png|jpe?g|gif|webp|ico|zip)$/;

export function isText(path: string): boolean {
  return !binary.test(path);
}

/** Longer than any token; so much of the last piece is looked at again with the next. */
const overlap = 4096;

/** Judges a file that is made from records, whatever its form: in pieces, since a line may be the whole file. */
export async function judgeCopies(chunks: AsyncIterable<Buffer>, path: string, look: Case): Promise<void> {
  const decoder = new StringDecoder("utf8");
  let held = "";
  const judge = (text: string) => {
    const bad = judgeCopy(text, look);
    if (bad) look.findings.add(bad, path);
  };
  for await (const chunk of chunks) {
    held += decoder.write(chunk);
    if (held.length <= 2 * overlap) continue;
    // What touches the end may go on: it comes again with the next piece.
    const end = held.length - (/[^\s"']*$/.exec(held.slice(-overlap))?.[0].length ?? 0);
    judge(held.slice(0, end));
    held = held.slice(Math.max(0, end - overlap));
  }
  judge(held + decoder.end());
}

import { el } from "../dom.ts";
import { folded } from "../lens.ts";

/** The text with every place marked where the words searched for stand. */
export function marked(text: string, query: string): (Node | string)[] {
  const where = folded(text);
  // Where folding changes the length, places would not fit: then nothing is marked.
  if (query === "" || where.length !== text.length) return [text];
  const out: (Node | string)[] = [];
  let from = 0;
  for (let at = where.indexOf(query); at >= 0; at = where.indexOf(query, from)) {
    out.push(text.slice(from, at), el("mark", {}, text.slice(at, at + query.length)));
    from = at + query.length;
  }
  return [...out, text.slice(from)];
}

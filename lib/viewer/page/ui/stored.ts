import { el } from "../dom.ts";
import { manyLines } from "../plain.ts";

/** Content as it is stored, for what the page has no words for. */
export function stored(content: unknown, summary: string): HTMLElement {
  return el("details", {}, el("summary", {}, summary), el("pre", { dir: "ltr", tabindex: 0 }, manyLines(JSON.stringify(content, null, 2) ?? "")));
}

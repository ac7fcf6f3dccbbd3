import type { DocumentContent } from "./content.ts";

const box = "\u25A1";

/** Applies `change` to every text of the document. */
function mapTexts(content: DocumentContent, change: (text: string) => string): DocumentContent {
  const walk = (value: unknown): unknown => {
    if (typeof value === "string") return change(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === "type" || key === "locale" ? inner : walk(inner)]));
  };
  return walk(content) as DocumentContent;
}

export function allText(content: DocumentContent): string {
  const texts: string[] = [box];
  mapTexts(content, (text) => {
    texts.push(text);
    return text;
  });
  return texts.join("");
}

/** Columns a word may take on the cover; Chinese and its neighbours take two. */
const widest = 36;

/** Matrix IDs can be longer than a line, and the layout knows no place to break them. */
function breakable(text: string): string {
  return text.replace(/\S{25,}/gu, (word) => {
    let column = 0;
    return [...word].map((char) => {
      const width = (char.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1;
      column += width;
      if (column <= widest) return char;
      column = width;
      return `\n${char}`;
    }).join("");
  });
}

/**
 * A character no font has would be drawn as a wrong one, silently: it becomes a box, and the document says so.
 * Variation selectors and joiners are dropped, as they print nothing.
 */
export function printable(content: DocumentContent, has: (codePoint: number) => boolean): DocumentContent {
  let replaced = false;
  const changed = mapTexts(content, (text) => [...breakable(text).toWellFormed().replace(/[\u200B-\u200D\uFE00-\uFE0F]/g, "")].map((char) => {
    if (char === "\n" || has(char.codePointAt(0) ?? 0)) return char;
    replaced ||= !/\s/.test(char);
    return /\s/.test(char) ? " " : box;
  }).join(""));
  if (!replaced) return changed;
  const note = { type: "text", text: changed.missingGlyphs } as const;
  return { ...changed, sections: changed.sections.map((each, at, all) => (at === all.length - 1 ? { ...each, blocks: [...each.blocks, note] } : each)) };
}

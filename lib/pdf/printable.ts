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

/**
 * A character no font has would be drawn as a wrong one, silently: it becomes a box, and the document says so.
 * Variation selectors and joiners are dropped, as they print nothing.
 */
export function printable(content: DocumentContent, has: (codePoint: number) => boolean): DocumentContent {
  let replaced = false;
  const changed = mapTexts(content, (text) => [...text.toWellFormed().replace(/[\u200B-\u200D\uFE00-\uFE0F]/g, "")].map((char) => {
    if (char === "\n" || has(char.codePointAt(0) ?? 0)) return char;
    replaced ||= !/\s/.test(char);
    return /\s/.test(char) ? " " : box;
  }).join(""));
  if (!replaced) return changed;
  const note = { heading: box, blocks: [{ type: "text", text: changed.missingGlyphs }] } as const;
  return { ...changed, sections: [...changed.sections, note] };
}

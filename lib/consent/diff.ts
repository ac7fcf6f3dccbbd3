import { diffArrays, diffWordsWithSpace } from "diff";

export interface Part {
  readonly is: "kept" | "added" | "removed";
  readonly text: string;
}

/** A paragraph, heading or list of the newer text, or one that went. `changed`: its words in parts. */
export interface Block {
  readonly is: "kept" | "added" | "removed" | "changed";
  readonly parts: readonly Part[];
}

/**
 * What a newer text changed, by words: paragraphs are matched first, so that one that was put in does not make all that
 * follows look new. Pure; texts are Markdown as it lies in the file.
 */
export function diffTexts(older: string, newer: string): readonly Block[] {
  const changes = diffArrays(blocksOf(older), blocksOf(newer));
  const blocks: Block[] = [];
  for (let at = 0; at < changes.length; at += 1) {
    const change = changes[at];
    const after = changes[at + 1];
    if (!change) continue;
    if (change.removed && after?.added) {
      blocks.push(...paired(change.value, after.value));
      at += 1;
    } else {
      const is = change.added ? "added" : change.removed ? "removed" : "kept";
      blocks.push(...change.value.map((text): Block => ({ is, parts: [{ is, text }] })));
    }
  }
  return blocks;
}

/** Whether anything but white space differs. */
export function isChanged(blocks: readonly Block[]): boolean {
  return blocks.some(({ is }) => is !== "kept");
}

/** Paragraphs that took each other's place, in order; what is left over came or went as a whole. */
function paired(gone: readonly string[], come: readonly string[]): Block[] {
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, at): Block[] => {
    const [before, after] = [gone[at], come[at]];
    if (before === undefined) return [{ is: "added", parts: [{ is: "added", text: after ?? "" }] }];
    if (after === undefined) return [{ is: "removed", parts: [{ is: "removed", text: before }] }];
    const parts = diffWordsWithSpace(before, after).map(({ added, removed, value }): Part => ({ is: added ? "added" : removed ? "removed" : "kept", text: value }));
    const kept = parts.filter(({ is }) => is === "kept").reduce((sum, { text }) => sum + text.trim().length, 0);
    // Two paragraphs that share next to nothing are no changed paragraph.
    if (kept * 4 < Math.min(before.length, after.length)) return [{ is: "removed", parts: [{ is: "removed", text: before }] }, { is: "added", parts: [{ is: "added", text: after }] }];
    return [{ is: "changed", parts }];
  }).flat();
}

/** By blank lines; a paragraph broken over lines is one text. */
function blocksOf(text: string): string[] {
  return text.replace(/\r\n?/g, "\n").split(/\n[ \t]*\n+/).map((block) => block.trim().replace(/[ \t]*\n(?![-*+>#]|\d+[.)])[ \t]*/g, " ")).filter((block) => block !== "");
}

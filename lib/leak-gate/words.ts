import type { Node } from "jsonc-parser";
import type { Case } from "./case.ts";
import type { Where } from "./events.ts";
import { membersOf } from "./json-tree.ts";
import { isOwnWords } from "./sorts.ts";
import { suspectsIn } from "./suspects.ts";

export interface Range {
  readonly offset: number;
  readonly length: number;
}

/** What the sender of an event chose: all else in it was put there by servers. */
export function ownEventWords(event: Node): readonly Range[] {
  return membersOf(event).filter(({ name }) => isOwnWords(name)).map(({ value }) => value);
}

/** "sender":"…", also within a string within a string; up to the first character that would be escaped there. */
const senders = /\\*"(?:prev_)?sender\\*"\s*:\s*\\*"([^"\\]*)(?=["\\])/g;

/** A Matrix ID as far as it reads the same at any depth of quoting. */
export function unquoted(mxid: string): string {
  return mxid.split(/["\\]/, 1)[0] ?? "";
}

/**
 * Tokens in a record. Decision: what the person wrote themselves is their text and no leak of ours; a token in a message must
 * not lock their package up for ever, so it is remembered and may stand in the copies of that message. Anything that the
 * server wrote, an envelope as well as a column, may hold none, remembered or not.
 */
export function judgeWords(text: string, own: readonly Range[], { path, line }: Pick<Where, "path" | "line">, { findings, ownWords, others }: Case): void {
  let rest = "";
  let at = 0;
  for (const { offset, length } of [...own].sort((a, b) => a.offset - b.offset)) {
    if (offset < at) continue;
    const words = text.slice(offset, offset + length);
    for (const { value } of suspectsIn(words)) ownWords.add(value);
    for (const [, named = ""] of words.matchAll(senders)) others.add(named);
    rest += `${text.slice(at, offset)}""`;
    at = offset + length;
  }
  if (suspectsIn(rest + text.slice(at)).length > 0) findings.add("token", path, line);
}

/**
 * The same for what is made from records: pages, the viewer, lists. Only what was met where it may stand may stand there too.
 * @returns whether all of it was
 */
export function judgeCopy(text: string, { subject, ownWords, others }: Pick<Case, "subject" | "ownWords" | "others">): "token" | "sender_foreign" | null {
  if (suspectsIn(text).some(({ value }) => !ownWords.has(value))) return "token";
  for (const [, named = ""] of text.matchAll(senders)) if (named !== unquoted(subject) && !others.has(named)) return "sender_foreign";
  return null;
}

import { type Node, parseTree } from "jsonc-parser";

export interface Member {
  readonly name: string;
  readonly value: Node;
}

/** The document with every member, also those a parser would let a later one of the same name overwrite; null when it is no JSON. */
export function treeOf(text: string): Node | null {
  try {
    JSON.parse(text);
    return parseTree(text) ?? null;
  } catch {
    // Not JSON, or nested so deep that nobody can look into it.
    return null;
  }
}

export function membersOf(node: Node): readonly Member[] {
  if (node.type !== "object") return [];
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) => (key && value ? [{ name: String(key.value), value }] : []));
}

/** Every member of every object in there. */
export function* allMembers(node: Node): Generator<Member> {
  for (const member of membersOf(node)) yield member;
  const below = node.type === "array" ? (node.children ?? []) : membersOf(node).map(({ value }) => value);
  for (const child of below) yield* allMembers(child);
}

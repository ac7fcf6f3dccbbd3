import { parseTree, type Node } from "jsonc-parser";

/**
 * Keys of `unsigned` that may pass: none of them holds anything of another person. The rest was put there by servers,
 * not by the subject: the stripped state of a room at an invite or knock, earlier content, a redaction's cause.
 */
const own: readonly string[] = ["age", "age_ts", "replaces_state"];

/** Text that may have another key in an `unsigned`, or hides a key behind needless escapes. Cheap enough for every chunk. */
export const suspicious = /"unsigned"(?!:\{(?:"(?:age|age_ts|replaces_state)":(?:-?\d+|"[^"\\]*"),?)*\})|\\u00[2-7]/;

export interface Cut {
  readonly bytes: Buffer;
  /** Paths of what was taken out, in order. */
  readonly paths: readonly string[];
}

/**
 * Takes the foreign members out of an event's `unsigned` and leaves every other byte as it is stored.
 * null when the text is not JSON: then nobody can say what is in it.
 */
export function cutForeign(stored: Buffer): Cut | null {
  // One character a byte, so that offsets are offsets of bytes; raw control characters are blanked to find the way.
  const text = stored.toString("latin1").replace(/[\0-\x1f]/g, " ");
  const tree = parse(text);
  if (!tree) return null;
  const pieces: Buffer[] = [];
  const paths: string[] = [];
  let at = 0;
  for (const unsigned of members(tree).filter((member) => name(member) === "unsigned")) {
    const value = unsigned.children?.[1];
    if (!value) continue;
    const foreign = value.type === "object" ? members(value).filter((member) => !own.includes(name(member))) : [value];
    if (foreign.length === 0) continue;
    const kept = members(value).filter((member) => !foreign.includes(member));
    const slices = kept.flatMap((member, index) => [Buffer.from(index > 0 ? "," : ""), slice(stored, member)]);
    pieces.push(stored.subarray(at, value.offset), Buffer.from("{"), ...slices, Buffer.from("}"));
    paths.push(...foreign.map((member) => (member === value ? "unsigned" : `unsigned.${name(member)}`)));
    at = value.offset + value.length;
  }
  return { bytes: Buffer.concat([...pieces, stored.subarray(at)]), paths };
}

function parse(text: string): Node | undefined {
  try {
    JSON.parse(text);
    return parseTree(text);
  } catch {
    return undefined;
  }
}

function members(object: Node): readonly Node[] {
  return object.type === "object" ? (object.children ?? []) : [];
}

function name(member: Node): string {
  return String(member.children?.[0]?.value);
}

function slice(stored: Buffer, node: Node): Buffer {
  return stored.subarray(node.offset, node.offset + node.length);
}

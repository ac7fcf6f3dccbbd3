import { parseTree, type Node } from "jsonc-parser";

/**
 * Keys of `unsigned` that may pass: none of them holds anything of another person. The rest was put there by servers,
 * not by the subject: the stripped state of a room at an invite or knock, earlier content, a redaction's cause.
 */
const own: readonly string[] = ["age", "age_ts", "replaces_state"];

/** What the server adds to an invite the subject sent: the name and picture of whoever was invited. */
const profileOfOther: readonly string[] = ["displayname", "avatar_url"];

const membership = Buffer.from('"m.room.member"');
/** Without the quotation mark before it: one stands dozens of times in every line, and each would stop the search. */
const unsigned = Buffer.from('unsigned"');
const [quote = 0, brace = 0, zero = 0, nine = 0] = Buffer.from('"}09');
const escape = Buffer.from("\\u00");
/** What almost every event's holds, and nothing else. */
const usual = Buffer.from(':{"age_ts":');
const harmless = /^:\{(?:"(?:age|age_ts|replaces_state)":(?:-?\d+|"[^"\\]*"),?)*\}/;

/**
 * Whether these bytes may hold a membership event, have a foreign key in an `unsigned`, or hide a key behind needless
 * escapes (no serialiser escapes printable ASCII). Looks at every byte that leaves, so it searches and does not parse.
 */
export function mayBeForeign(bytes: Buffer): boolean {
  if (bytes.includes(membership)) return true;
  for (let at = bytes.indexOf(unsigned); at >= 0; at = bytes.indexOf(unsigned, at + unsigned.length)) {
    const from = at + unsigned.length;
    if (bytes[at - 1] !== quote || isUsual(bytes, from)) continue;
    if (!harmless.test(bytes.toString("latin1", from, from + 160))) return true;
  }
  for (let at = bytes.indexOf(escape); at >= 0; at = bytes.indexOf(escape, at + escape.length)) {
    const next = bytes[at + escape.length] ?? 0;
    if (next >= 0x32 && next <= 0x37) return true;
  }
  return false;
}

/** Asked of every event: a pattern would need a text made of the bytes first. */
function isUsual(bytes: Buffer, from: number): boolean {
  for (let at = 0; at < usual.length; at += 1) if (bytes[from + at] !== usual[at]) return false;
  let end = from + usual.length;
  for (let digit = bytes[end] ?? 0; digit >= zero && digit <= nine; digit = bytes[end] ?? 0) end += 1;
  return end > from + usual.length && bytes[end] === brace;
}

export interface Cut {
  readonly bytes: Buffer;
  /** Paths of what was taken out, in order. */
  readonly paths: readonly string[];
}

/**
 * Takes out of an event what others put there or what is about others, and leaves every other byte as it is stored.
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
  for (const { holder, value, foreign } of foreignIn(tree)) {
    const kept = members(value).filter((member) => !foreign.includes(member));
    const slices = kept.flatMap((member, index) => [Buffer.from(index > 0 ? "," : ""), slice(stored, member)]);
    pieces.push(stored.subarray(at, value.offset), Buffer.from("{"), ...slices, Buffer.from("}"));
    paths.push(...foreign.map((member) => (member === value ? holder : `${holder}.${name(member)}`)));
    at = value.offset + value.length;
  }
  return { bytes: Buffer.concat([...pieces, stored.subarray(at)]), paths };
}

interface Foreign {
  readonly holder: string;
  readonly value: Node;
  /** Members of the value, or the value itself where it is no object. */
  readonly foreign: readonly Node[];
}

/** In the order of the bytes. A key that stands twice is looked at twice. */
function foreignIn(event: Node): Foreign[] {
  const said = (key: string) => members(event).filter((member) => name(member) === key).map((member) => member.children?.[1]?.value as unknown);
  const aboutOther = said("type").includes("m.room.member") && said("state_key").some((key) => !said("sender").includes(key));
  return members(event).flatMap((member): Foreign[] => {
    const [holder, value] = [name(member), member.children?.[1]];
    if (!value || (holder !== "unsigned" && !(holder === "content" && aboutOther))) return [];
    const isForeign = (key: string) => (holder === "unsigned" ? !own.includes(key) : profileOfOther.includes(key));
    const foreign = value.type === "object" ? members(value).filter((one) => isForeign(name(one))) : [value];
    return foreign.length > 0 ? [{ holder, value, foreign }] : [];
  });
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

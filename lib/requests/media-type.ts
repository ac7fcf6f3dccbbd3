const kinds: readonly (readonly [type: string, begins: readonly number[]])[] = [
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
];

/** By how the bytes begin, never by what the sender or the name says. Whatever is not on the short list is bytes and nothing else. */
export function mediaTypeOf(content: Uint8Array): string {
  return kinds.find(([, begins]) => begins.every((byte, index) => content[index] === byte))?.[0] ?? "application/octet-stream";
}

const longest = 100;

/** Last part of a path, in characters every file system and every header takes; never empty, never hidden. */
export function safeFileName(given: string): string {
  const last = given.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const plain = last.toWellFormed().replace(/[^\p{L}\p{N}._ -]/gu, "_").replace(/^[. ]+|[. ]+$/g, "");
  if (plain === "") return "file";
  const dot = plain.lastIndexOf(".");
  const end = dot > 0 && plain.length - dot <= 10 ? plain.slice(dot) : "";
  return plain.length > longest ? `${plain.slice(0, longest - end.length).toWellFormed()}${end}` : plain;
}

/** RFC 6266: a plain name for everybody, the real one for who reads it. */
export function attachmentHeader(name: string): string {
  const ascii = name.replace(/[^A-Za-z0-9._ -]/g, "_");
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

// By hand, as it is a dozen lines: no registry package reads forty bits tolerantly without more around it.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Eight characters of Crockford's base 32 from the first 40 bits. */
export function writeCrockford(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes.subarray(0, 5)) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let shift = 35n; shift >= 0n; shift -= 5n) text += alphabet[Number((bits >> shift) & 31n)];
  return text;
}

/** What a person typed or read out: case, spaces and hyphens do not matter, O is 0, I and L are 1. null when it is not eight characters. */
export function readCrockford(text: string): string | null {
  const plain = text.replace(/[\s\u00AD\u2010-\u2015-]/g, "").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(plain) ? plain : null;
}

/** 7F3K29QD → 7F3K-29QD. */
export function grouped(text: string): string {
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

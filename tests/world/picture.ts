import { crc32, deflateSync } from "node:zlib";

/** A small PNG, a soft gradient from one colour to another, with `comment` inside. Made here so that no binary lies in the repository. */
export function picture(from: readonly [number, number, number], to: readonly [number, number, number], comment: string, size = 96): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc(size * (1 + size * 3));
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const share = (x + y) / (2 * size);
      const ripple = 12 * Math.sin(x / 7) * Math.cos(y / 9);
      for (let c = 0; c < 3; c++) {
        const value = (from[c] ?? 0) * (1 - share) + (to[c] ?? 0) * share + ripple;
        rows[y * (1 + size * 3) + 1 + x * 3 + c] = Math.max(0, Math.min(255, value));
      }
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [signature, chunk("IHDR", header), chunk("tEXt", Buffer.from(`Comment\0${comment}`, "latin1")), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat(parts));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

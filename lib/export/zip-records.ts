/** The records of a ZIP around the bytes of its entries (PKWARE APPNOTE 4.3), with ZIP64 where a number does not fit. Pure. */
export interface ZipEntry {
  readonly name: string;
  readonly stored: boolean;
  readonly at: Date;
  /** Where its local header begins. */
  readonly offset: number;
}

/** What is known of an entry only behind its bytes. */
export interface ZipSizes {
  readonly crc: number;
  readonly bytes: number;
  readonly packedBytes: number;
}

const most32 = 0xffffffff;
const most16 = 0xffff;
/** Sizes follow behind the bytes; names in UTF-8 where they are not ASCII. */
const [sizesBehind, utf8] = [0x8, 0x800];
const [plainVersion, zip64Version] = [20, 45];
const madeByUnix = (3 << 8) | zip64Version;
/** A regular file, read by all and written by its owner; to DOS an archived one. */
const fileMode = 0o100644 * 0x10000 + 0x20;

export function localHeader({ name, stored, at }: ZipEntry): Buffer {
  const bytes = Buffer.from(name);
  return Buffer.concat([fields([0x04034b50, 4], [plainVersion, 2], ...head(name, stored, at), [0, 4], [0, 4], [0, 4], [bytes.length, 2], [0, 2]), bytes]);
}

/** Behind the bytes of an entry: what its header could not say. */
export function sizesRecord({ crc, bytes, packedBytes }: ZipSizes): Buffer {
  const width = isLarge(bytes, packedBytes) ? 8 : 4;
  return fields([0x08074b50, 4], [crc, 4], [packedBytes, width], [bytes, width]);
}

/** Its line in the directory. */
export function directoryRecord({ name, stored, at, offset }: ZipEntry, { crc, bytes, packedBytes }: ZipSizes): Buffer {
  const large = isLarge(bytes, packedBytes, offset);
  const shown = (value: number) => (large ? most32 : value);
  const extra = large ? fields([0x0001, 2], [24, 2], [bytes, 8], [packedBytes, 8], [offset, 8]) : Buffer.alloc(0);
  const path = Buffer.from(name);
  return Buffer.concat([
    fields([0x02014b50, 4], [madeByUnix, 2], [large ? zip64Version : plainVersion, 2], ...head(name, stored, at), [crc, 4], [shown(packedBytes), 4], [shown(bytes), 4]),
    fields([path.length, 2], [extra.length, 2], [0, 2], [0, 2], [0, 2], [fileMode, 4], [shown(offset), 4]),
    path, extra,
  ]);
}

/** What ends the archive: how many entries, and where their directory lies. */
export function endRecords(entries: number, directory: { readonly offset: number; readonly bytes: number }): Buffer {
  const { offset, bytes } = directory;
  const large = entries > most16 || isLarge(offset, bytes);
  const end = fields([0x06054b50, 4], [0, 2], [0, 2], [large ? most16 : entries, 2], [large ? most16 : entries, 2], [large ? most32 : bytes, 4], [large ? most32 : offset, 4], [0, 2]);
  if (!large) return end;
  const end64 = fields([0x06064b50, 4], [44, 8], [zip64Version, 2], [zip64Version, 2], [0, 4], [0, 4], [entries, 8], [entries, 8], [bytes, 8], [offset, 8]);
  return Buffer.concat([end64, fields([0x07064b50, 4], [0, 4], [offset + bytes, 8], [1, 4]), end]);
}

function head(name: string, stored: boolean, at: Date): Field[] {
  const flags = sizesBehind | (Buffer.byteLength(name) === name.length ? 0 : utf8);
  return [[flags, 2], [stored ? 0 : 8, 2], [dosTime(at), 4]];
}

function isLarge(...values: readonly number[]): boolean {
  return values.some((value) => value >= most32);
}

/** In UTC, whatever the zone of the process; DOS counts seconds by two, and years from 1980. */
function dosTime(at: Date): number {
  const day = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return day * 0x10000 + ((at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1));
}

type Field = readonly [value: number, bytes: 2 | 4 | 8];

function fields(...all: readonly Field[]): Buffer {
  const record = Buffer.alloc(all.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of all) {
    if (bytes === 8) record.writeBigUInt64LE(BigInt(value), at);
    else record.writeUIntLE(value, at, bytes);
    at += bytes;
  }
  return record;
}

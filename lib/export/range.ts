import parseRange from "range-parser";
import type { ByteRange } from "#lib/storage/storage.ts";

/**
 * The one range asked for, or null for the whole: without a header, with one that is malformed or of another
 * unit, and with several ranges, which RFC 9110 § 14.2 lets a server ignore.
 */
export function requestedRange(bytes: number, header: string | undefined): ByteRange | null | "unsatisfiable" {
  if (header === undefined) return null;
  const parsed = parseRange(bytes, header);
  if (parsed === -1) return "unsatisfiable";
  const [only, ...more] = parsed === -2 || parsed.type !== "bytes" ? [] : parsed;
  return only && more.length === 0 ? { start: only.start, end: only.end } : null;
}

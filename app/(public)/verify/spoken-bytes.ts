import { bytesInWords } from "#app/_ui/bytes.ts";

/** A size in the page's language, where only the browser knows the size. */
export function spokenBytes(bytes: number, language: string): string {
  return bytesInWords({ number: (value, options) => new Intl.NumberFormat(language, options as Intl.NumberFormatOptions).format(value as number) }, bytes);
}

/** Longest greeting; a name may be megabytes. */
const longest = 60;

/**
 * A display name that can do nothing in a letter: no control, bidi or invisible characters, one line, of
 * bounded length. null where greeting by it would be wrong: nothing left, or something a mail program
 * would turn into a link.
 */
export function inertName(name: string | null): string | null {
  if (name === null) return null;
  const plain = name.slice(0, 1000).toWellFormed()
    // Joiners stay: Persian and Indic names are spelled with them.
    .replace(/[\p{Cc}\p{Co}\p{Cn}\u2028\u2029\ufffd[\p{Cf}--[\u200c\u200d]]]/gv, " ")
    .replace(/\s+/g, " ").trim();
  if (plain === "" || /[/\\@<>]|\p{L}[.:\u3002]\p{L}/u.test(plain.normalize("NFKC"))) return null;
  const characters = [...new Intl.Segmenter().segment(plain)].map((part) => part.segment);
  const short = characters.slice(0, longest).join("");
  // One letter with a thousand accents is a single character.
  if (short.length > longest * 4) return null;
  return characters.length > longest ? `${short.trimEnd()}…` : short;
}

import { Font } from "@react-pdf/renderer";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * Whole TrueType files (cut-down ones bloat the PDF). DejaVu speaks Arabic and Hebrew: Noto's Arabic builds its
 * letters from marks, which this renderer puts in the wrong place. Chinese and kana come from Noto SC.
 */
const families = [
  { name: "Noto Sans", regular: "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf", bold: "@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf" },
  { name: "DejaVu Sans", regular: "dejavu-fonts-ttf/ttf/DejaVuSans.ttf", bold: "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf" },
  { name: "Noto Sans SC", regular: "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", bold: "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf" },
] as const;

export interface Typeface {
  /** Families needed for the text, first choice first. */
  readonly families: string[];
  /** Whether one of them has the character. */
  has(codePoint: number): boolean;
}

/** Loads as few families as the text needs: the Chinese one alone is 10 MB. */
export async function typefaceFor(text: string): Promise<Typeface> {
  Font.registerHyphenationCallback((word) => [word]);
  const needed: string[] = [];
  const fonts: ((codePoint: number) => boolean)[] = [];
  const has = (codePoint: number) => fonts.some((hasGlyph) => hasGlyph(codePoint));
  let left = new Set([...text].map((char) => char.codePointAt(0) ?? 0));
  for (const { name, regular, bold } of families) {
    Font.register({ family: name, fonts: [{ src: require.resolve(regular) }, { src: require.resolve(bold), fontWeight: 700 }] });
    await Font.load({ fontFamily: name });
    const { data } = Font.getFont({ fontFamily: name });
    if (!data || !("hasGlyphForCodePoint" in data)) throw new Error(`font not loaded: ${name}`);
    const hasGlyph = (codePoint: number) => data.hasGlyphForCodePoint(codePoint);
    if ([...left].some(hasGlyph)) {
      fonts.push(hasGlyph);
      needed.push(name);
    }
    left = new Set([...left].filter((codePoint) => !has(codePoint)));
    if (left.size === 0) break;
  }
  return { families: needed, has };
}

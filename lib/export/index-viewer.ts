import { messagesFor, translator } from "#lib/messages/messages.ts";
import { compileWords } from "#lib/viewer/compile-words.ts";
import { pageScript } from "#lib/viewer/page-script.ts";
import { mark } from "./index-link.ts";
import type { Manifest } from "./manifest.ts";

/** What the page carries for its reading view; null for a package that has nothing to read room by room. */
export function viewerOf({ files }: Pick<Manifest, "files">, locale: string): { readonly script: string; readonly words: string; readonly noScript: string } | null {
  if (!files.some((file) => file.path === "viewer/index.js")) return null;
  const t = translator(locale, "viewer");
  // In a data block of a page nothing but "<" could mean more than text.
  const words = JSON.stringify(compileWords({ viewer: messagesFor(locale)["viewer"] ?? {} })).replaceAll("<", "\\u003c");
  return { script: pageScript(), words, noScript: t("noScript", { table: mark }) };
}

import { readFileSync } from "node:fs";

let script: string | null = null;

/** The page's script as `npm run generate` bundled it; the same bytes each time, since their hash is in the page's policy. */
export function pageScript(): string {
  script ??= readFileSync(new URL("./generated/page.js", import.meta.url), "utf8");
  // In a page, these would end the script or hide what follows.
  if (/<\/script|<!--/i.test(script)) throw new Error("the bundle cannot stand in a page");
  return script;
}

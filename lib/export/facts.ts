import type { Policy } from "#lib/config/policy.ts";
import type { KindId, LegalBasis } from "#lib/kinds/kind.ts";
import type { Manifest } from "./manifest.ts";

/** What the documents of a package are written from; `manifest.files` holds the files written so far. */
export interface PackageFacts {
  readonly manifest: Manifest;
  readonly displayName: string | null;
  readonly policy: Policy;
  readonly bases: Readonly<Partial<Record<KindId, LegalBasis>>>;
}

/** Control and direction characters can make a line read as another one: they are shown as a box. */
const deceptive = /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2028\u2029\u2066-\u2069\uFEFF]/g;

/** Text of others as a document may show it: well-formed, on one line, reading as it is stored. */
export function visible(text: string): string {
  return text.toWellFormed().replace(deceptive, "\u25A1");
}

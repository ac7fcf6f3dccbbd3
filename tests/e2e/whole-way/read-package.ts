import { parse } from "csv-parse/sync";
import type { Manifest } from "#lib/export/manifest.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";
import type { UnzippedFile } from "#tests/fixtures/unzip.ts";

export interface ReadPackage {
  readonly files: ReadonlyMap<string, UnzippedFile>;
  readonly manifest: Manifest;
  /** Every NDJSON file, parsed line by line. */
  readonly records: ReadonlyMap<string, readonly Record<string, unknown>[]>;
  /** Every CSV file, parsed with its header. */
  readonly tables: ReadonlyMap<string, readonly Record<string, string>[]>;
}

/** Opens a package as a stranger with stock tools would; anything that does not parse throws. */
export async function readPackage(zip: Buffer): Promise<ReadPackage> {
  const { files } = await openPackage(zip);
  const text = (name: string) => {
    const file = files.get(name);
    if (!file) throw new Error(`${name} is not in the package`);
    return new TextDecoder("utf-8", { fatal: true }).decode(file.content);
  };
  const named = (ending: string) => [...files.keys()].filter((name) => name.endsWith(ending));
  const lines = (name: string) => text(name).split("\n").slice(0, -1).map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    files,
    manifest: JSON.parse(text("manifest.json")) as Manifest,
    records: new Map(named(".ndjson").map((name) => [name, lines(name)])),
    tables: new Map(named(".csv").map((name) => [name, parse(text(name), { columns: true, bom: true }) as Record<string, string>[]])),
  };
}

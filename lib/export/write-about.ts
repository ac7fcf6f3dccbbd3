import type { LedgerRow } from "#lib/kinds/kind.ts";
import type { RenderPdf } from "#lib/pdf/render.ts";
import type { Archive, WrittenFile } from "./archive.ts";
import { csvBytes } from "./csv.ts";
import type { PackageFacts } from "./facts.ts";
import { indexPage } from "./index-page.ts";
import { ledgerCells, ledgerColumns } from "./ledger.ts";
import type { Manifest, ManifestFile } from "./manifest.ts";
import { readme } from "./readme.ts";
import { summary } from "./summary.ts";
import type { Wording } from "./wording.ts";

/** `scope-ledger.csv`: per room and kind, candidates = included + excluded by reason. */
export function writeLedger(archive: Archive, ledger: readonly LedgerRow[]): Promise<WrittenFile> {
  return archive.add("scope-ledger.csv", csvBytes(ledgerColumns, ledger.map(ledgerCells)));
}

/**
 * The files about the files, in the only order in which each can name those before it: summary and
 * README, the page, the checksums, and last the manifest, which lists all but itself.
 */
export async function writeAbout(archive: Archive, renderPdf: RenderPdf, facts: PackageFacts, words: Wording): Promise<Manifest> {
  const files: ManifestFile[] = [...facts.manifest.files];
  const add = async (path: string, content: Buffer | string) => {
    const { bytes, sha256 } = await archive.add(path, content);
    files.push({ path, bytes, sha256 });
  };
  const sofar = (): PackageFacts => ({ ...facts, manifest: { ...facts.manifest, files: [...files] } });
  await add("summary.pdf", await renderPdf(summary(facts, words)));
  await add("README.txt", readme(facts, words));
  await add("index.html", indexPage(sofar(), words));
  await add("SHA256SUMS.txt", files.map((file) => `${file.sha256}  ${file.path}\n`).join(""));
  const { manifest } = sofar();
  await archive.add("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

import type { LedgerRow } from "#lib/kinds/kind.ts";
import type { RenderPdf } from "#lib/pdf/render.ts";
import type { Archive, WrittenFile } from "./archive.ts";
import { bagDeclaration, bagInfo, checksums, isPayload } from "./bag.ts";
import { csvBytes } from "./csv.ts";
import type { PackageFacts } from "./facts.ts";
import { indexPage } from "./index-page.ts";
import { ledgerCells, ledgerColumns, ledgerPath } from "./ledger.ts";
import type { Manifest, ManifestFile } from "./manifest.ts";
import { readme } from "./readme.ts";
import { summary } from "./summary.ts";
import type { Wording } from "./wording.ts";

/** `data/scope-ledger.csv`: per room and kind, candidates = included + excluded by reason. */
export function writeLedger(archive: Archive, ledger: readonly LedgerRow[]): Promise<WrittenFile> {
  return archive.add(ledgerPath, csvBytes(ledgerColumns.map(({ name }) => name), ledger.map(ledgerCells)));
}

/**
 * The tag files, in the only order in which each can name those before it: summary, README and page,
 * what the bag is, the manifest over all of these, and last the two lists of checksums.
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
  const payload = files.filter(isPayload);
  await add("bagit.txt", bagDeclaration);
  await add("bag-info.txt", bagInfo(facts.manifest, payload));
  const { manifest } = sofar();
  const last = [
    await archive.add("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`),
    await archive.add("manifest-sha256.txt", checksums(payload)),
  ];
  await archive.add("tagmanifest-sha256.txt", checksums([...files.filter((file) => !isPayload(file)), ...last]));
  return manifest;
}

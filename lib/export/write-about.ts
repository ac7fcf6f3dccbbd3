import type { LedgerRow } from "#lib/kinds/kind.ts";
import type { Archive, WrittenFile } from "./archive.ts";
import { bagDeclaration, bagInfo, checksums, isPayload } from "./bag.ts";
import { csvBytes } from "./csv.ts";
import { dataPackage } from "./data-package.ts";
import type { PackageFacts } from "./facts.ts";
import { indexPage } from "./index-page.ts";
import { ledgerCells, ledgerColumns, ledgerPath } from "./ledger.ts";
import type { Manifest, ManifestFile } from "./manifest.ts";
import type { WritePorts } from "./order.ts";
import { readme } from "./readme.ts";
import { summary } from "./summary.ts";
import type { Wording } from "./wording.ts";

/** `data/scope-ledger.csv`: per room and kind, candidates = included + excluded by reason. */
export function writeLedger(archive: Archive, ledger: readonly LedgerRow[]): Promise<WrittenFile> {
  return archive.add(ledgerPath, csvBytes(ledgerColumns.map(({ name }) => name), ledger.map(ledgerCells)));
}

/**
 * The tag files, in the only order in which each can vouch for those before it: summary, description of the
 * tables, README and page, what the bag is; then the manifest with the hash of all of these, the signature
 * over the manifest, and last the two lists of checksums, which follow from both and say nothing new.
 */
export async function writeAbout(archive: Archive, { renderPdf, sign }: Pick<WritePorts, "renderPdf" | "sign">, facts: PackageFacts, words: Wording): Promise<Manifest> {
  const files: ManifestFile[] = [...facts.manifest.files];
  const add = async (path: string, content: Buffer | string) => {
    const { bytes, sha256 } = await archive.add(path, content);
    files.push({ path, bytes, sha256 });
  };
  const sofar = (): PackageFacts => ({ ...facts, manifest: { ...facts.manifest, files: [...files] } });
  await add("summary.pdf", await renderPdf(summary(facts, words)));
  await add("datapackage.json", dataPackage(facts, words));
  await add("README.txt", readme(facts, words));
  await add("index.html", indexPage(sofar(), words));
  const payload = files.filter(isPayload);
  await add("bagit.txt", bagDeclaration);
  await add("bag-info.txt", bagInfo(facts.manifest, payload));
  const { manifest } = sofar();
  const text = json(manifest);
  const last = [
    await archive.add("manifest.json", text),
    await archive.add("signature.json", json(sign(text))),
    await archive.add("manifest-sha256.txt", checksums(payload)),
  ];
  await archive.add("tagmanifest-sha256.txt", checksums([...files.filter((file) => !isPayload(file)), ...last]));
  return manifest;
}

/** RFC 8785 knows no lone surrogates, and a name somebody typed may hold one. */
function json(value: object): string {
  return `${JSON.stringify(value, (_key, each: unknown) => (typeof each === "string" ? each.toWellFormed() : each), 2)}\n`;
}

import type { Archive } from "./archive.ts";
import type { ManifestFile } from "./manifest.ts";
import type { PackageOrder } from "./order.ts";

export const receiptsFolder = "data/receipts/";

/** A file each for programs (JSON-LD), and beside it one for people as soon as the worker has printed it. */
export async function writeReceipts(archive: Archive, receipts: PackageOrder["receipts"]): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const { id, document, pdf } of receipts) {
    const forms = [["jsonld", `${JSON.stringify(document, null, 2)}\n`], ["pdf", pdf && Buffer.from(pdf)]] as const;
    for (const [ending, content] of forms) {
      if (content === null) continue;
      const { path, bytes, sha256 } = await archive.add(`${receiptsFolder}${id}.${ending}`, content);
      files.push({ path, bytes, sha256 });
    }
  }
  return files;
}

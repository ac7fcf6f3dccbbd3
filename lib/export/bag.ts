import type { Manifest, ManifestFile } from "./manifest.ts";

/**
 * The package as a bag (BagIt 1.0, RFC 8493): one top folder, what was asked for under data/, and
 * around it the tag files, which are about it. Written by hand: four small text files, and the
 * libraries there are want a folder on a disk.
 */
export type SummedFile = Pick<ManifestFile, "path" | "bytes" | "sha256">;

/** Files that come after manifest.json was written, itself among them: it cannot list them. */
export const unlisted = ["manifest.json", "signature.json", "manifest-sha256.txt", "tagmanifest-sha256.txt"] as const;

export function isPayload({ path }: Pick<ManifestFile, "path">): boolean {
  return path.startsWith("data/");
}

/** The one folder of the archive. An operator may have typed any reference: what no file system minds stays of it. */
export function bagFolder(reference: string | null): string {
  const word = (reference ?? "").replace(/[^A-Za-z0-9]+/g, "-").slice(0, 40).replace(/^-|-$/g, "");
  return word === "" ? "matrix-data" : `matrix-data-${word}`;
}

export const bagDeclaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/** bag-info.txt (RFC 8493 § 2.2.2). `Payload-Oxum`, bytes and number of files, tells a torn copy without hashing it. */
export function bagInfo(manifest: Manifest, payload: readonly SummedFile[]): string {
  const bytes = payload.reduce((sum, file) => sum + file.bytes, 0);
  const tags: readonly (readonly [string, string])[] = [
    ["Source-Organization", manifest.controller.name],
    ["Organization-Address", manifest.controller.address],
    ["Contact-Email", manifest.controller.dataProtectionOfficer],
    ["External-Identifier", manifest.reference ?? ""],
    ["Bagging-Date", manifest.writtenAt.slice(0, 10)],
    ["Payload-Oxum", `${bytes}.${payload.length}`],
    ["Bag-Software-Agent", manifest.software.portal],
  ];
  return tags.map(([label, value]) => [label, oneLine(value)] as const).filter(([, value]) => value !== "")
    .map(([label, value]) => `${label}: ${value}\n`).join("");
}

/** A line break in an address would start a tag of its own. */
function oneLine(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
}

/** A bag manifest as `sha256sum -c` reads it. Paths are generated, so none needs escaping. */
export function checksums(files: readonly SummedFile[]): string {
  return files.map((file) => `${file.sha256}  ${file.path}\n`).join("");
}

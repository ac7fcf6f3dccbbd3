import { judgeBag } from "./bag.ts";
import type { Case } from "./case.ts";
import { Findings } from "./findings.ts";
import { judgeOf, rankOf } from "./judges.ts";
import { judgeLedger, type LedgerLine, ledgerPath } from "./ledger.ts";
import { LineTooLong } from "./lines.ts";
import { type ListedFile, type Manifest, manifestPath, manifestShape, payloadManifestPath, tagManifestPath, unlisted } from "./manifest.ts";
import { type ByteSource, readFile, textOf, throwIfPlaceFailed } from "./read-file.ts";
import { Remembered } from "./remembered.ts";
import { kindOfFile, onApproval } from "./sorts.ts";
import { Tally } from "./tally.ts";
import { type GateVerdict, gateVersion } from "./verdict.ts";
import { openZip, type PackedFile, type Zip } from "./zip.ts";

export interface Asked {
  /** Whose package it must be. */
  readonly subject: string;
  /** Kinds an operator granted, by the request's row. */
  readonly granted: readonly string[];
  /** Length of the ZIP. */
  readonly bytes: number;
}

/** A list of 200 000 files is 40 MB long. */
const longestList = 256 * 1024 * 1024;

/**
 * Looks at a finished package as a stranger would who has only the ZIP, and says whether it may be handed out.
 * Throws what the place of the bytes threw: then nothing is known, and the package stays where it is.
 */
export async function inspect(source: ByteSource, asked: Asked, onProgress: (done: number, total: number) => void): Promise<GateVerdict> {
  const findings = new Findings();
  const tally = new Tally();
  const zip = await openZip(source, asked.bytes, findings).catch((error: unknown) => {
    throwIfPlaceFailed(error, source);
    findings.add("zip_broken", "package.zip");
    return null;
  });
  if (zip) await inspectFiles(zip, { source, asked, findings, tally, onProgress });
  return {
    version: gateVersion, passed: findings.found === 0, files: zip?.files.size ?? 0, records: tally.records, bytes: asked.bytes,
    found: findings.found, findings: findings.shown,
  };
}

interface Inspection {
  readonly source: ByteSource;
  readonly asked: Asked;
  readonly findings: Findings;
  readonly tally: Tally;
  readonly onProgress: (done: number, total: number) => void;
}

async function inspectFiles(zip: Zip, { source, asked: { subject, granted }, findings, tally, onProgress }: Inspection): Promise<void> {
  const total = [...zip.files.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const onBytes = (bytes: number) => onProgress((done += bytes), total);
  const hashes = new Map<string, string>();
  const texts = new Map<string, string>();

  /** What breaks in the ZIP is found; what breaks in the place of its bytes is thrown. */
  const read = async (file: PackedFile, consume: (chunks: AsyncIterable<Buffer>) => Promise<void>, listed?: ListedFile) => {
    try {
      const { bytes, sha256 } = await readFile(zip, file, onBytes, consume);
      hashes.set(file.path, sha256);
      if (listed && listed.bytes !== bytes) findings.add("length_differs", file.path);
      if (listed && listed.sha256 !== sha256) findings.add("hash_differs", file.path);
    } catch (error) {
      throwIfPlaceFailed(error, source);
      findings.add(faultOf(error), file.path);
    }
  };
  const readText = async (path: string) => {
    const file = zip.files.get(path);
    if (!file) return findings.add("file_missing", path);
    await read(file, async (chunks) => void texts.set(path, (await textOf(chunks, longestList)) ?? ""));
  };

  await readText(manifestPath);
  const manifest = parse(texts.get(manifestPath));
  if (!manifest) return findings.add("manifest_unreadable", manifestPath);
  if (manifest.subject !== subject) findings.add("manifest_subject", manifestPath);
  const approved = (kind: string) => granted.includes(kind) && manifest.approvals.some((approval) => approval.kind === kind);
  const look: Case = { subject, approved, findings, tally, ownWords: new Remembered(), others: new Remembered() };

  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  if (listed.size !== manifest.files.length) findings.add("manifest_unreadable", manifestPath);
  for (const path of listed.keys()) if (!zip.files.has(path) || unlisted.has(path)) findings.add("file_missing", path);
  const ledger: LedgerLine[] = [];
  const rest = [...zip.files.values()].filter(({ path }) => path !== manifestPath && path !== payloadManifestPath && path !== tagManifestPath);
  for (const file of rest.sort((a, b) => rankOf(a.path) - rankOf(b.path))) {
    const { path } = file;
    const line = listed.get(path);
    if (!line && !unlisted.has(path)) findings.add("file_unlisted", path);
    const kind = kindOfFile(path);
    if (kind !== null && onApproval.has(kind) && !approved(kind)) findings.add("not_approved", path);
    const judge = judgeOf(path, ledger);
    if (!judge) findings.add("file_unexpected", path);
    else {
      await read(file, async (chunks) => {
        const records = await judge(chunks, path, look);
        if (line?.records !== undefined && records !== line.records) findings.add("counts_differ", path);
      }, line);
    }
  }

  for (const path of [payloadManifestPath, tagManifestPath]) await readText(path);
  judgeBag(texts, hashes, findings);
  if (!zip.files.has(ledgerPath)) findings.add("file_missing", ledgerPath);
  judgeLedger(ledger, manifest, tally, findings);
}

function parse(text: string | undefined): Manifest | null {
  try {
    return manifestShape.parse(JSON.parse(text ?? ""));
  } catch {
    return null;
  }
}

function faultOf(error: unknown): "line_too_long" | "record_unreadable" | "zip_broken" {
  const code = String((error as { code?: unknown } | null)?.code ?? "");
  if (error instanceof LineTooLong || code === "CSV_MAX_RECORD_SIZE") return "line_too_long";
  return code.startsWith("CSV_") ? "record_unreadable" : "zip_broken";
}

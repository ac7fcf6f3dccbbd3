import { createRequire } from "node:module";
import { Abandoned, type Archive, openArchive } from "./archive.ts";
import { bagFolder, unlisted } from "./bag.ts";
import type { PackageFacts } from "./facts.ts";
import { asSinkError } from "./failures.ts";
import { gapsOf } from "./gaps.ts";
import { inFolder } from "./in-folder.ts";
import { ledgerTotals } from "./ledger.ts";
import { type Manifest, type ManifestFile, packageFormat, type PackageSummary, summarise } from "./manifest.ts";
import type { Observer, PackageOrder, WritePorts } from "./order.ts";
import { type Wording, wording } from "./wording.ts";
import { writeAbout, writeLedger } from "./write-about.ts";
import { writeKinds, type WrittenKinds } from "./write-kinds.ts";
import { writeReceipts } from "./write-receipts.ts";
import { writeCatalogue } from "./write-viewer.ts";
import { mediaIndex, mediaIndexPath, type WrittenMedia, writeMedia } from "./write-media.ts";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };

export interface WrittenPackage<T> {
  /** What the sink made of the bytes. */
  readonly sunk: T;
  readonly manifest: Manifest;
  readonly summary: PackageSummary;
}

/**
 * Writes one package, from a single snapshot of Synapse's database and the homeserver's media, into
 * `sink`: a stream of ZIP bytes that ends only if all of it succeeded. Used by the worker and the operator's command line.
 * Throws what a port or the sink throws, Mismatch, or the reason of `observer.signal`.
 */
export async function writePackage<T>(
  ports: WritePorts, order: PackageOrder, observer: Observer, sink: (zip: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<WrittenPackage<T>> {
  const archive = inFolder(openArchive(ports.now()), bagFolder(order.reference));
  const stop = () => archive.fail(observer.signal.reason);
  observer.signal.addEventListener("abort", stop, { once: true });
  // Whoever fails first is the reason: the other only notices that its partner left.
  let first: unknown = null;
  const failed = (error: unknown): never => {
    if (!(error instanceof Abandoned)) first ??= error;
    archive.fail(error);
    throw error;
  };
  try {
    observer.signal.throwIfAborted();
    const sinking = sink(archive.bytes).catch((error: unknown) => failed(first ?? asSinkError(error)));
    const [written, sunk] = await Promise.allSettled([fill(archive, ports, order, observer).catch(failed), sinking]);
    if (written.status === "rejected" || sunk.status === "rejected") throw observer.signal.aborted ? observer.signal.reason : first;
    return { sunk: sunk.value, manifest: written.value, summary: summaryOf(written.value) };
  } finally {
    observer.signal.removeEventListener("abort", stop);
  }
}

async function fill(archive: Archive, ports: WritePorts, order: PackageOrder, observer: Observer): Promise<Manifest> {
  const data = await ports.synapseDb.snapshot((snapshot) => writeKinds(archive, ports.spool, snapshot, order, observer));
  await observer.step("media");
  const media = await writeMedia(archive, ports.homeserver, data.attachments, data.progress);
  const files: ManifestFile[] = [...data.files, ...media.files];
  if (data.attachments.length > 0) {
    const { path, bytes, sha256, lines } = await archive.add(mediaIndexPath, mediaIndex(data.attachments, media));
    files.push({ path, bytes, sha256, records: lines - 1 });
  }
  files.push(...(await writeReceipts(archive, order.receipts)));
  const ledger = await writeLedger(archive, data.ledger);
  files.push({ path: ledger.path, bytes: ledger.bytes, sha256: ledger.sha256, records: data.ledger.length });
  if (data.viewer) files.push(...data.viewer.files, await writeCatalogue(archive, data.viewer, { subject: order.subject, server: ports.policy.serverName }, data.attachments, media));
  await observer.step("summary");
  const words = wording(order.locale, ports.policy);
  const manifest = await writeAbout(archive, ports, factsOf(ports, order, data, media, files, words), words);
  await archive.finish();
  await observer.step("written");
  return manifest;
}

function factsOf(
  { policy, now }: WritePorts, order: PackageOrder, data: WrittenKinds, media: WrittenMedia, files: ManifestFile[], words: Wording,
): PackageFacts {
  const totals = ledgerTotals(data.ledger);
  const { scope, refused } = order;
  const kinds = summarise(order.kinds.map((kind) => kind.id).filter((id) => scope.kinds.includes(id)), data.ledger);
  const manifest: Manifest = {
    format: packageFormat,
    subject: order.subject,
    server: policy.serverName,
    reference: order.reference,
    controller: { ...policy.controller, dataProtectionOfficer: policy.dpoMail },
    takenAt: data.takenAt.toISOString(),
    writtenAt: now().toISOString(),
    software: { portal: `matrix-privacy-portal ${version}`, homeserver: order.homeserverVersion },
    scope,
    approvals: order.approvals,
    totals,
    kinds,
    counted: data.counted,
    media: { files: media.files.length, bytes: media.files.reduce((sum, file) => sum + file.bytes, 0), missing: media.missing.length },
    missing: gapsOf({ scope, refused, totals, kinds, missingMedia: media.missing, notes: data.notes, unmapped: data.unmapped }, words),
    files,
  };
  const bases = Object.fromEntries(order.kinds.map((kind) => [kind.id, kind.basis]));
  const columns = Object.fromEntries(order.kinds.map((kind) => [kind.id, kind.csv.columns]));
  return { manifest, displayName: order.displayName, policy, bases, columns };
}

function summaryOf({ takenAt, kinds, totals, media, files }: Manifest): PackageSummary {
  return { format: packageFormat.version, takenAt, kinds, totals, media, files: files.length + unlisted.length };
}

import { countAll, type CountedRows } from "#lib/kinds/counts.ts";
import type { Attachment, Kind, KindId, LedgerRow, Note, Source } from "#lib/kinds/kind.ts";
import { unmapped } from "#lib/kinds/unmapped.ts";
import type { Snapshot } from "#lib/synapse-db/synapse-db.ts";
import type { Archive } from "./archive.ts";
import { csvBytes } from "./csv.ts";
import { Mismatch } from "./failures.ts";
import { checkBalance } from "./ledger.ts";
import type { ManifestFile } from "./manifest.ts";
import type { Observer, PackageOrder } from "./order.ts";
import { offProcess } from "./off-process/run.ts";
import { Progress } from "./progress.ts";
import { writeViewerParts, type WrittenParts } from "./write-viewer.ts";

export type KindNote = Note & { readonly kind: KindId };

export interface WrittenKinds {
  readonly takenAt: Date;
  readonly ledger: readonly LedgerRow[];
  /** What this version of Synapse does not keep. */
  readonly notes: readonly KindNote[];
  /** Of what is counted only, how many there are. */
  readonly counted: readonly CountedRows[];
  /** What this version of Synapse keeps and nobody has classified: `table` or `table.column`. */
  readonly unmapped: readonly string[];
  readonly files: readonly ManifestFile[];
  /** Files to fetch from the homeserver, after the snapshot is given back. */
  readonly attachments: readonly Attachment[];
  readonly progress: Progress;
  /** Null when nothing of the scope can be read room by room. */
  readonly viewer: WrittenParts | null;
}

/**
 * Everything of the database, within one snapshot. Lines and rows are held against the tally, which
 * counts by another query: a difference is a Mismatch, and the package is not published.
 */
export async function writeKinds(archive: Archive, db: Snapshot, order: PackageOrder, observer: Observer): Promise<WrittenKinds> {
  const source: Source = { subject: order.subject, scope: order.scope, db, portal: order.portal };
  const kinds = order.kinds.filter((kind) => order.scope.kinds.includes(kind.id));

  const ledgers = new Map<Kind, readonly LedgerRow[]>();
  for (const kind of kinds) ledgers.set(kind, await kind.tally(source));
  checkBalance([...ledgers.values()].flat());
  const included = (kind: Kind) => (ledgers.get(kind) ?? []).reduce((sum, row) => sum + row.included, 0);
  const progress = new Progress(observer, kinds.reduce((sum, kind) => sum + included(kind), 0));
  await observer.step("counted");

  const files: ManifestFile[] = [];
  const attachments: Attachment[] = [];
  const notes: KindNote[] = [];
  let viewer: WrittenParts | null = null;
  for (const kind of kinds) {
    await observer.step(`lines:${kind.id}`);
    progress.records(kind.id, 0);
    files.push(await writeLines(archive, kind, source, included(kind), progress));
    await observer.step(`table:${kind.id}`);
    files.push(await writeTable(archive, kind, source, included(kind), progress, observer.signal));
    if (!viewer && kind.timeline) {
      await observer.step(`view:${kind.id}`);
      viewer = await writeViewerParts(archive, kind, kind.timeline, source, observer.signal);
    }
    notes.push(...(await kind.notes(source)).map((note) => ({ ...note, kind: kind.id })));
    if (!order.scope.mediaFiles) continue;
    for await (const attachment of kind.attachments?.(source) ?? []) attachments.push(attachment);
  }
  const counted = kinds.some((kind) => kind.id === "counts") ? await countAll(source) : [];
  progress.total += attachments.length;
  return { takenAt: db.takenAt, ledger: [...ledgers.values()].flat(), notes, unmapped: unmapped(db.relations), counted, files, attachments, progress, viewer };
}

async function writeLines(archive: Archive, kind: Kind, source: Source, expected: number, progress: Progress): Promise<ManifestFile> {
  const { path, bytes, sha256, lines } = await archive.add(`data/${kind.path ?? kind.id}.ndjson`, kind.ndjson(source), {
    onLines: (count) => progress.records(kind.id, count),
  });
  if (lines !== expected) throw new Mismatch(path, expected, lines);
  return { path, bytes, sha256, records: lines, kind: kind.id };
}

async function writeTable(
  archive: Archive, kind: Kind, source: Source, expected: number, progress: Progress, signal: AbortSignal,
): Promise<ManifestFile> {
  const { columns, rows, stored } = kind.csv;
  let records = 0;
  const names = columns.map(({ name }) => name);
  const onRecords = (count: number) => {
    records += count;
    progress.records(kind.id, count);
  };
  const table = stored ? offProcess("events.csv", { columns: names }, stored(source), { signal, onRecords }) : csvBytes(names, rows(source), onRecords);
  const { path, bytes, sha256 } = await archive.add(`data/${kind.path ?? kind.id}.csv`, table);
  if (records !== expected) throw new Mismatch(path, expected, records);
  return { path, bytes, sha256, records, kind: kind.id };
}

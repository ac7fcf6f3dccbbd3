import { countAll, type CountedRows } from "#lib/kinds/counts.ts";
import type { Attachment, Kind, KindId, LedgerRow, Note, ReadTable, Source } from "#lib/kinds/kind.ts";
import { unmapped } from "#lib/kinds/unmapped.ts";
import type { Spool } from "#lib/storage/storage.ts";
import type { Snapshot } from "#lib/synapse-db/synapse-db.ts";
import type { Archive, WrittenFile } from "./archive.ts";
import { csvBytes } from "./csv.ts";
import { Mismatch } from "./failures.ts";
import { checkBalance } from "./ledger.ts";
import type { ManifestFile } from "./manifest.ts";
import type { Observer, PackageOrder } from "./order.ts";
import { Progress } from "./progress.ts";
import { writeEvents } from "./write-events.ts";
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
export async function writeKinds(archive: Archive, spool: Spool, db: Snapshot, order: PackageOrder, observer: Observer): Promise<WrittenKinds> {
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
    const onRecords = (count: number) => progress.records(kind.id, count);
    const { lines, table } = "rooms" in kind.csv
      ? await writeEvents(archive, spool, kind, kind.csv, source, ledgers.get(kind) ?? [], observer, onRecords)
      : await writeRows(archive, kind, kind.csv, source, observer, onRecords);
    for (const { path, bytes, sha256, records } of [lines, table]) {
      if (records !== included(kind)) throw new Mismatch(path, included(kind), records);
      files.push({ path, bytes, sha256, records, kind: kind.id });
    }
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

/** A file each, and what was counted while it was written. */
export interface KindFiles {
  readonly lines: WrittenFile & { readonly records: number };
  readonly table: WrittenFile & { readonly records: number };
}

async function writeRows(archive: Archive, kind: Kind, table: ReadTable, source: Source, { step }: Observer, onRecords: (count: number) => void): Promise<KindFiles> {
  const path = `data/${kind.path ?? kind.id}`;
  const lines = await archive.add(`${path}.ndjson`, kind.ndjson(source), { onLines: onRecords });
  await step(`table:${kind.id}`);
  let records = 0;
  const rows = csvBytes(table.columns.map(({ name }) => name), table.rows(source), (count) => {
    records += count;
    onRecords(count);
  });
  return { lines: { ...lines, records: lines.lines }, table: { ...(await archive.add(`${path}.csv`, rows)), records } };
}

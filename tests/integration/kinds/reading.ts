import { kindsByDefault, type ExportScope, type Kind, type LedgerRow, type PortalRecord, type Source } from "#lib/kinds/kind.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { rowsOf } from "#tests/fixtures/rows-of.ts";

export const everything: ExportScope = { kinds: kindsByDefault, from: null, to: null, mediaFiles: true };

/** As the builder reads them from the portal's database beforehand. */
const portalRecords: readonly PortalRecord[] = [
  { record: "person", at: new Date(1_700_000_000_000), request: null, what: null, state: "active", until: null, count: null, more: { hasMail: true, note: "mine" } },
];

export async function look<T>(url: string, subject: Mxid, work: (source: Source) => Promise<T>, scope: Partial<ExportScope> = {}): Promise<T> {
  const db = openSynapseDb(url);
  return db.snapshot((snapshot) => work({ subject, scope: { ...everything, ...scope }, db: snapshot, portal: portalRecords }));
}

/** Copied one by one: what a snapshot gives is good until the next is asked for. */
export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(chunks, (chunk) => Buffer.from(chunk)));
}

/** Lines as text: a parsed line no longer shows its bytes. */
export async function linesOf(kind: Kind, source: Source): Promise<string[]> {
  const text = (await bytesOf(kind.ndjson(source))).toString();
  return text.split("\n").slice(0, -1);
}

export async function csvOf(kind: Kind, source: Source): Promise<Record<string, unknown>[]> {
  const rows = await Array.fromAsync(rowsOf(kind, source));
  return rows.map((row) => Object.fromEntries(kind.csv.columns.map((column, index) => [column.name, row[index]])));
}

export function included(ledger: readonly LedgerRow[]): number {
  return ledger.reduce((sum, row) => sum + row.included, 0);
}

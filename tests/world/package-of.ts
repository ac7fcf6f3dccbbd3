import { tmpdir } from "node:os";
import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { type LedgerLine, readLedger } from "./ledger.ts";
import { writePackage } from "#lib/export/write.ts";
import type { Manifest } from "#lib/export/manifest.ts";
import type { Approval, Observer } from "#lib/export/order.ts";
import { kinds } from "#lib/kinds/all.ts";
import { type ExportScope, kindsByDefault } from "#lib/kinds/kind.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { openHomeserver } from "#lib/matrix/synapse.ts";
import { renderPdf } from "#lib/pdf/render-to-buffer.ts";
import { spoolIn } from "#lib/storage/spool.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { testPolicy, testSign } from "#tests/fixtures/context.ts";
import { judged } from "#tests/fixtures/gate-package.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";
import type { UnzippedFile } from "#tests/fixtures/unzip.ts";

export interface OpenedPackage {
  readonly zip: Buffer;
  readonly files: ReadonlyMap<string, UnzippedFile>;
  readonly manifest: Manifest;
  readonly ledger: readonly LedgerLine[];
}

export const everything: ExportScope = { kinds: kindsByDefault, from: null, to: null, mediaFiles: true };

/** The package of `mxid` from a real homeserver, written by the code the worker runs, passed by the leak gate, opened again. */
export async function packageOf(
  synapse: { serverName: string; baseUrl: string; databaseUrl: string },
  adminToken: string,
  mxid: string,
  scope: ExportScope = everything,
  approvals: readonly Approval[] = [],
  step: Observer["step"] = () => undefined,
): Promise<OpenedPackage> {
  const synapseDb = openSynapseDb(synapse.databaseUrl);
  const homeserver = openHomeserver({ url: synapse.baseUrl, token: adminToken });
  const ports = { synapseDb, homeserver, spool: spoolIn(tmpdir()), renderPdf, sign: testSign, policy: { ...testPolicy, serverName: synapse.serverName }, now: () => new Date() };
  const account = await homeserver.account(mxid as Mxid);
  const order = { subject: mxid as Mxid, displayName: account?.displayName ?? null, reference: null, scope, approvals, refused: [], kinds, portal: [], receipts: [], homeserverVersion: "Synapse", locale: "en" };
  const observer = { signal: new AbortController().signal, progress: () => undefined, step };
  try {
    const { sunk: zip } = await writePackage(ports, order, observer, (bytes) => buffer(Readable.from(bytes)));
    const { findings } = await judged(zip, { subject: mxid, granted: approvals.map(({ kind }) => kind) });
    if (findings.length > 0) throw new Error(`the leak gate stops the package: ${JSON.stringify(findings)}`);
    const { files } = await openPackage(zip);
    const text = (path: string) => files.get(path)?.content.toString("utf8") ?? "";
    return { zip, files, manifest: JSON.parse(text("manifest.json")) as Manifest, ledger: readLedger(text("data/scope-ledger.csv")) };
  } finally {
    await synapseDb.close();
  }
}

/** Markers that are anywhere in the opened package: names of entries, contents, and the PDF's text where it is given. */
export function found(opened: OpenedPackage, markers: readonly string[], pdfText = ""): string[] {
  const haystacks = [pdfText, ...[...opened.files].map(([path, file]) => `${path}\n${file.content.toString("latin1")}`)];
  return markers.filter((marker) => haystacks.some((text) => text.includes(marker)));
}

import { writePackage } from "#lib/export/write.ts";
import { kinds } from "#lib/kinds/all.ts";
import { kindsByDefault } from "#lib/kinds/kind.ts";
import type { Homeserver, Mxid } from "#lib/matrix/homeserver.ts";
import { renderPdf } from "#lib/pdf/render-to-buffer.ts";
import { openStorage } from "#lib/storage/open.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { costSoFar } from "./measure.ts";

/**
 * The package as the worker writes it: all kinds, NDJSON and CSV, ledger, page, PDF, ZIP, hashes, sealed to disk. The
 * synthetic homeserver has no media, so nobody is asked for files.
 */
const started = performance.now();
const order = JSON.parse(process.argv[2] ?? "") as { databaseUrl: string; subject: string; serverName: string; folder: string };
const noHomeserver: Homeserver = {
  account: () => Promise.resolve(null),
  sendNotice: () => Promise.reject(new Error("no notices in the bench")),
  openMedia: () => Promise.resolve(null),
  identify: () => Promise.reject(new Error("no homeserver in the bench")),
};
const synapseDb = openSynapseDb(order.databaseUrl);
const storage = openStorage({ place: { type: "disk", folder: order.folder }, key: Buffer.alloc(32, 7) });
const { sunk, manifest } = await writePackage(
  { synapseDb, homeserver: noHomeserver, renderPdf, policy: { ...testPolicy, serverName: order.serverName }, now: () => new Date() },
  {
    subject: order.subject as Mxid,
    displayName: null,
    reference: null,
    scope: { kinds: kindsByDefault, from: null, to: null, mediaFiles: true },
    approvals: [],
    refused: [],
    kinds,
    portal: [],
    homeserverVersion: "Synapse",
    locale: "en",
  },
  { signal: new AbortController().signal, progress: () => undefined, step: () => undefined },
  (zip) => storage.seal("bench", zip),
);
await synapseDb.close();
const messages = manifest.kinds.find((kind) => kind.kind === "messages");
console.log(JSON.stringify({ ...costSoFar(started), bytes: sunk.bytes, messages: messages?.included ?? 0 }));

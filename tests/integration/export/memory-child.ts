import { openStorage } from "#lib/storage/open.ts";
import { writePackage } from "#lib/export/write.ts";
import { renderPdf } from "#lib/pdf/render-to-buffer.ts";
import { handlers } from "#lib/worker/handlers.ts";
import type { Kind } from "#lib/kinds/kind.ts";
import { fakeKind, ledgerRow, testObserver, testOrder, testPorts } from "#tests/fixtures/package.ts";

/** Builds a package of so many events and prints its own peak, with all of a worker loaded. */
const { folder, events } = JSON.parse(process.argv[2] ?? "") as { folder: string; events: number };
const batch = 100;

function line(at: number): string {
  const random = crypto.randomUUID().repeat(4);
  return `${JSON.stringify({ at, event_id: `$${random}`, hashes: random, signatures: random, content: { body: "a message of ordinary length ".repeat(8) } })}\n`;
}

const kind: Kind = {
  ...fakeKind("messages"),
  tally: async () => [ledgerRow("messages", "!a:test.example", { included: events })],
  async *ndjson() {
    for (let at = 0; at < events; at += batch) yield Buffer.from(Array.from({ length: batch }, (_, n) => line(at + n)).join(""));
  },
  csv: {
    columns: [{ name: "event_id", type: "string" }, { name: "body", type: "string" }, { name: "at", type: "integer" }],
    async *rows() {
      for (let at = 0; at < events; at += 1) yield [crypto.randomUUID(), "a message of = ordinary length", at];
    },
  },
};

const storage = openStorage({ place: { type: "disk", folder }, key: new Uint8Array(32) });
await writePackage(testPorts({ renderPdf }), testOrder({ kinds: [kind] }), testObserver(), (zip) => storage.seal("memory", zip));
process.stdout.write(JSON.stringify({ maxRssMb: process.resourceUsage().maxRSS / 1024, loaded: typeof handlers }));

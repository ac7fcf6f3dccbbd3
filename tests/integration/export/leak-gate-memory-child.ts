import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openStorage } from "#lib/storage/open.ts";
import { openLeakGate } from "#lib/leak-gate/run.ts";
import { writePackage } from "#lib/export/write.ts";
import { fakeKind, ledgerRow, testObserver, testOrder, testPorts } from "#tests/fixtures/package.ts";

import { measuredFile } from "./measured-file.ts";

/** Seals a package of so many events and has the gate look at it; prints the verdict and the gate's own peak. */
const { folder, events } = JSON.parse(process.argv[2] ?? "") as { folder: string; events: number };
const batch = 100;
const room = "!a:test.example";
const place = { place: { type: "disk", folder }, key: new Uint8Array(32) } as const;
const order = testOrder();

function line(at: number): string {
  const random = crypto.randomUUID().repeat(4);
  const event = { sender: order.subject, type: "m.room.message", room_id: room, hashes: random, signatures: random, content: { body: "a message of ordinary length ".repeat(8) } };
  return `${JSON.stringify({ event_id: `$${at}`, room_id: room, stream_ordering: at, event })}\n`;
}

const kind = {
  ...fakeKind("messages"),
  tally: async () => [ledgerRow("messages", room, { included: events })],
  async *ndjson() {
    for (let at = 0; at < events; at += batch) yield Buffer.from(Array.from({ length: batch }, (_, n) => line(at + n)).join(""));
  },
  csv: {
    columns: ["event_id", "body", "room_id"].map((name) => ({ name, type: "string" as const })),
    async *rows() {
      for (let at = 0; at < events; at += 1) yield [`$${at}`, "a message of = ordinary length", room];
    },
  },
};

const storage = openStorage(place);
const { sunk } = await writePackage(testPorts(), { ...order, kinds: [kind] }, testObserver(), (zip) => storage.seal("memory", zip));
const gate = openLeakGate(place, { program: join(import.meta.dirname, "leak-gate-measured-child.ts") });
const started = performance.now();
const verdict = await gate.inspectSealed(sunk, { subject: order.subject, granted: [] }, { signal: new AbortController().signal, progress: () => undefined });
const { maxRssMb, cpuSeconds } = JSON.parse(await readFile(measuredFile(process.pid), "utf8")) as { maxRssMb: number; cpuSeconds: number };
process.stdout.write(JSON.stringify({ verdict, maxRssMb, cpuSeconds, seconds: (performance.now() - started) / 1000 }));

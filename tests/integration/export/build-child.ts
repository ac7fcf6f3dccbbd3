import { createDb } from "#lib/db/client.ts";
import { buildExport } from "#lib/export/build.ts";
import { openLeakGate } from "#lib/leak-gate/run.ts";
import { openStorage } from "#lib/storage/open.ts";
import { fakeHomeserver } from "#tests/fakes/homeserver.ts";
import { workerContext } from "#tests/fixtures/context.ts";
import { emptySynapseDb } from "#tests/fixtures/package.ts";
import { someKinds } from "./some-kinds.ts";

/** A worker process that builds one request and, at the step with the given number, is gone as after kill -9. */
const [url = "", folder = "", key = "", requestId = "", mxid = "", killAt = ""] = process.argv.slice(2);
const db = createDb(url);
const homeserver = fakeHomeserver("test.example");
homeserver.addAccount(mxid);
const place = { place: { type: "disk", folder }, key: Buffer.from(key, "hex") } as const;
const storage = openStorage(place);
let at = 0;
await buildExport(workerContext(db, { homeserver, storage, leakGate: openLeakGate(place), synapseDb: emptySynapseDb, renderPdf: async () => Buffer.from("%PDF-") }), { requestId }, {
  kinds: someKinds,
  step: (step) => {
    process.stdout.write(`${step}\n`);
    if (at === Number(killAt)) process.kill(process.pid, "SIGKILL");
    at += 1;
  },
});
await db.$disconnect();

import { createDb } from "#lib/db/client.ts";
import { runErasure } from "#lib/erasure/run.ts";
import { fakeEraser } from "#tests/fakes/eraser.ts";
import { fakeTeller } from "#tests/fakes/teller.ts";
import { testClock } from "#tests/fixtures/clock.ts";
import { jobRecorder, workerContext } from "#tests/fixtures/context.ts";
import { fakeEyes } from "./fake-eyes.ts";
import { richAccount } from "./rich-account.ts";

/** A worker process that carries an erasure on and is gone, as after kill -9, at the n-th call of a method of the homeserver's. */
const [url = "", requestId = "", mxid = "", registerFile = "", now = "", method = "", moment = ""] = process.argv.slice(2);
const db = createDb(url);
const eraser = fakeEraser();
richAccount(eraser, mxid, true);
const clock = testClock(new Date(now));
eraser.watch((called, at) => {
  process.stdout.write(`${called} ${at}\n`);
  if (called === method && at === moment) process.kill(process.pid, "SIGKILL");
});
const ctx = workerContext(db, { eraser, homeserver: eraser.homeserver, teller: fakeTeller(["irc"]), registerFile, enqueue: jobRecorder().enqueue, now: clock.now, renderPdf: async () => Buffer.from("%PDF-") });
await runErasure(ctx, { requestId }, { eyes: fakeEyes(eraser), other: async () => clock.now(), pause: async () => undefined });
await db.$disconnect();

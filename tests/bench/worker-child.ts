import { setTimeout as sleep } from "node:timers/promises";
import { buildExport } from "#lib/export/build.ts";
import { openWorker } from "#lib/runtime/worker.ts";
import { givenUp } from "#lib/worker/given-up.ts";
import { handlers } from "#lib/worker/handlers.ts";
import { costSoFar } from "./measure.ts";
import { watchSplit } from "./split.ts";

/**
 * The worker as lib/worker/main.ts puts it together (queue, database, mail, storage, homeserver), with an onlooker at its
 * build. Ends when the package of the given request is published and its letters are sent.
 */
const order = JSON.parse(process.argv[2] ?? "") as { env: Record<string, string>; requestId: string };
const { requestId } = order;
const { ctx, queue, close } = await openWorker({ ...process.env, ...order.env });
const idleRssMb = process.memoryUsage.rss() / 1024 ** 2;
const split = watchSplit();
let started = 0;
let failure: unknown = null;
await queue.work(
  {
    ...handlers(ctx),
    "export.build": async (data) => {
      started = performance.now();
      await buildExport(ctx, data, { step: (step) => split.step(step) }).catch((error: unknown) => {
        failure = error;
        throw error;
      });
    },
  },
  givenUp(ctx),
);
await ctx.db.$transaction((tx) => ctx.enqueue(tx, { queue: "export.build", data: { requestId } }));
let built = null;
for (; !built; built = await ctx.db.package.findFirst({ where: { requestId } })) {
  if (failure) throw failure;
  await sleep(200);
}
const parts = split.end();
const cost = costSoFar(started);
while ((await ctx.db.letter.count({ where: { requestId, state: "queued" } })) > 0) await sleep(100);
const summary = built.summary as { kinds: { kind: string; included: number }[] };
const messages = summary.kinds.find((kind) => kind.kind === "messages")?.included ?? 0;
await close();
process.stdout.write(`${JSON.stringify({ ...cost, idleRssMb, bytes: Number(built.bytes), messages, split: parts })}\n`);

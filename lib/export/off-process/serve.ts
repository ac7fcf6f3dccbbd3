import { flushCompileCache } from "node:module";
import { packError } from "./carry-error.ts";
import { type Packet, packetsFrom, type PacketType } from "./packets.ts";
import { type Order, say } from "./protocol.ts";
import type { Tasks, Transform } from "./transform.ts";

const stdin = 0;

/** The other side of run.ts: carries out the one task this process was started for; whoever started it ends it. */
export async function serve(tasks: Tasks): Promise<void> {
  // Who started it may be gone: then there is nobody to tell, and nothing to do.
  process.stdout.on("error", () => process.exit(1));
  const answer = async (type: PacketType, records: number, bytes: Uint8Array) => void (await say(process.stdout, type, records, bytes));
  try {
    const incoming = packetsFrom(stdin);
    const { task, params } = JSON.parse(nextOf(incoming).bytes.toString()) as Order;
    const load = Object.hasOwn(tasks, task) ? tasks[task] : undefined;
    if (!load) throw new TypeError(`no task ${task}`);
    let records = 0;
    const transform = (await load()) as Transform<unknown>;
    // A process that is killed writes nothing of its own accord.
    flushCompileCache();
    for await (const chunk of transform(chunksOf(incoming), params, (count) => (records += count))) {
      const carried = records;
      records = 0;
      await answer("chunk", carried, chunk);
    }
    await answer("end", records, Buffer.alloc(0));
  } catch (error) {
    await answer("failed", 0, Buffer.from(JSON.stringify(packError(error))));
  }
}

async function* chunksOf(incoming: Generator<Packet>): AsyncGenerator<Buffer> {
  for (;;) {
    const { type, bytes } = nextOf(incoming);
    if (type === "end") return;
    yield bytes;
  }
}

function nextOf(incoming: Generator<Packet>): Packet {
  const next = incoming.next();
  // Without a word of its end the input is half of something.
  if (next.done) throw new Error("the input broke off");
  return next.value;
}

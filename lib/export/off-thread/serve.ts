import { on } from "node:events";
import { flushCompileCache } from "node:module";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { packError } from "./carry-error.ts";
import { Credit } from "./credit.ts";
import { type FromThread, type Order, type ToThread, windowChunks } from "./protocol.ts";
import type { Tasks, Transform } from "./transform.ts";

/** The thread's side of run.ts: carries out the one task it was started for; whoever started it ends it. */
export async function serve(tasks: Tasks): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error("this runs in a thread only");
  const { task, params } = workerData as Order;
  const say = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  const room = new Credit(windowChunks);
  port.on("message", (message: ToThread) => message.type === "more" && room.add());
  // Listening begins before the task is loaded: what comes meanwhile is kept.
  const input = chunksOf(port, () => say({ type: "more" }));
  try {
    const load = Object.hasOwn(tasks, task) ? tasks[task] : undefined;
    if (!load) throw new TypeError(`no task ${task}`);
    let records = 0;
    const transform = (await load()) as Transform<unknown>;
    // A thread that is ended writes nothing of its own accord.
    flushCompileCache();
    for await (const chunk of transform(input, params, (count) => (records += count))) {
      await room.take();
      const bytes = ownBytes(chunk);
      say({ type: "chunk", bytes, records }, [bytes.buffer]);
      records = 0;
    }
    say({ type: "end", records });
  } catch (error) {
    say({ type: "failed", error: packError(error) });
  }
}

function chunksOf(port: MessagePort, taken: () => void): AsyncIterable<Buffer> {
  const messages = on(port, "message") as AsyncIterable<[ToThread]>;
  return (async function* () {
    for await (const [message] of messages) {
      if (message.type === "end") return;
      if (message.type === "more") continue;
      taken();
      yield Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength);
    }
  })();
}

/** A chunk that may change its owner: a view of a shared pool is copied, so that no other view is lost with it. */
function ownBytes(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = chunk.byteLength === chunk.buffer.byteLength && chunk.buffer instanceof ArrayBuffer;
  return whole ? (chunk as Uint8Array<ArrayBuffer>) : new Uint8Array(chunk);
}

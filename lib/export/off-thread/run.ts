import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { unpackError } from "./carry-error.ts";
import { Credit } from "./credit.ts";
import { type FromThread, type Order, type ToThread, windowChunks } from "./protocol.ts";
import type { tasks } from "./tasks.ts";
import type { ParamsOf, Tasks } from "./transform.ts";

export interface OffThreadOptions {
  /** Ends it at once, whatever either side is waiting for; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Hears how many records the chunk that comes next carries. */
  readonly onRecords?: (records: number) => void;
}

/** Small, so that the process stays small: a transform holds a few chunks and nothing else. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 64, stackSizeMb: 2 };

/**
 * Runs a task of tasks.ts on `input` in a thread of its own, which ends with it: parsing then holds up neither leases
 * nor the compressor. Back-pressure holds both ways. An error of `input` comes out as it was thrown, one of
 * the task with its class and message. Web streams would cross too, but by copies, a turn for each chunk, and without classes.
 */
export function offThread<N extends keyof typeof tasks>(
  task: N, params: ParamsOf<typeof tasks, N>, input: AsyncIterable<Uint8Array>, options: OffThreadOptions = {},
): AsyncGenerator<Buffer> {
  return inThread<typeof tasks, N>(new URL("./thread.ts", import.meta.url), task, params, input, options);
}

/** The same for another list of tasks: `script` is a module that serves it. */
export async function* inThread<T extends Tasks, N extends keyof T & string>(
  script: URL, task: N, params: ParamsOf<T, N>, input: AsyncIterable<Uint8Array>, { signal, onRecords = () => undefined }: OffThreadOptions,
): AsyncGenerator<Buffer> {
  signal?.throwIfAborted();
  const order: Order = { task, params };
  const thread = new Worker(script, { name: task, workerData: order, env: bareEnv(), execArgv: [], resourceLimits });
  const say = (message: ToThread, transfer: ArrayBuffer[] = []) => thread.postMessage(message, transfer);
  const stopper = new AbortController();
  const stop = () => stopper.abort(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  const room = new Credit(windowChunks);
  const messages = on(thread, "message", { signal: stopper.signal, close: ["exit"] }) as AsyncIterable<[FromThread]>;
  thread.on("message", (message: FromThread) => message.type === "more" && room.add());
  // Heard through `messages`; this keeps one that comes after them from ending the process.
  thread.on("error", () => undefined);
  const feeding = feed(input, room, say).catch((error: unknown) => stopper.abort(error));
  try {
    for await (const [message] of messages) {
      if (message.type === "more") continue;
      if (message.type === "failed") throw unpackError(message.error);
      onRecords(message.records);
      if (message.type === "end") return;
      yield Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength);
      say({ type: "more" });
    }
    throw new Error(`the thread of ${task} ended without a word`);
  } catch (error) {
    throw stopper.signal.aborted ? stopper.signal.reason : error;
  } finally {
    signal?.removeEventListener("abort", stop);
    room.close();
    await thread.terminate();
    // What feeds it notices at its next chunk; a source that is silent for ever is its own reader's to end.
    void feeding;
  }
}

/** Neither secrets nor settings: a transform needs none. With the cache of compiled code a thread does not load the compiler: 25 MB less. */
function bareEnv(): Partial<NodeJS.ProcessEnv> {
  const { NODE_COMPILE_CACHE } = process.env;
  return NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };
}

async function feed(input: AsyncIterable<Uint8Array>, room: Credit, say: (message: ToThread, transfer?: ArrayBuffer[]) => void): Promise<void> {
  for await (const chunk of input) {
    if (!(await room.take())) return;
    // A copy: what feeds it may go on reading from the buffer this chunk is a view of.
    const bytes = new Uint8Array(chunk);
    say({ type: "chunk", bytes }, [bytes.buffer]);
  }
  say({ type: "end" });
}

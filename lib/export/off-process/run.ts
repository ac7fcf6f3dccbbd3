import { spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { bareEnv } from "#lib/bare-env.ts";
import { type CarriedError, unpackError } from "./carry-error.ts";
import { packets } from "./packets.ts";
import { type Order, say } from "./protocol.ts";
import type { tasks } from "./tasks.ts";
import type { ParamsOf, Tasks } from "./transform.ts";

export interface OffProcessOptions {
  /** Ends it at once, whatever either side is waiting for; its reason is thrown. */
  readonly signal?: AbortSignal;
  /** Hears how many records the chunk that comes next carries. */
  readonly onRecords?: (records: number) => void;
}

/** A transform holds a few chunks and nothing else: near 100 MB, 60 of them Node's own pages, which processes share. With 2 MB of young generation the table costs a quarter more processor time. */
const memory = ["--max-semi-space-size=4", "--max-old-space-size=64"];

/**
 * Runs a task of tasks.ts on `input` in a process of its own, which ends with it: parsing then holds up neither leases
 * nor the compressor, and its memory is given back with it. Back-pressure is that of pipes. An error of `input` comes out as it was thrown, one of
 * the task with its class and message.
 */
export function offProcess<N extends keyof typeof tasks>(
  task: N, params: ParamsOf<typeof tasks, N>, input: AsyncIterable<Uint8Array>, options: OffProcessOptions = {},
): AsyncGenerator<Buffer> {
  return inProcess<typeof tasks, N>(new URL("./main.ts", import.meta.url), task, params, input, options);
}

/** The same for another list of tasks: `script` is a module that serves it. */
export async function* inProcess<T extends Tasks, N extends keyof T & string>(
  script: URL, task: N, params: ParamsOf<T, N>, input: AsyncIterable<Uint8Array>, { signal, onRecords = () => undefined }: OffProcessOptions,
): AsyncGenerator<Buffer> {
  signal?.throwIfAborted();
  const child = spawn(process.execPath, [...memory, fileURLToPath(script)], { env: bareEnv(), stdio: ["pipe", "pipe", "ignore"] });
  let broken: { readonly error: unknown } | null = null;
  const stop = (error: unknown) => {
    broken ??= { error };
    child.kill("SIGKILL");
  };
  const reason = (otherwise: unknown) => (broken ? broken.error : otherwise);
  const aborted = () => stop(signal?.reason);
  signal?.addEventListener("abort", aborted, { once: true });
  const ended = new Promise((resolve) => child.on("error", resolve).on("exit", resolve)).then((code) => code instanceof Error && stop(code));
  // Heard as the false of say(): the process is gone, and its output says how it went.
  child.stdin.on("error", () => undefined);
  const feeding = feed({ task, params }, input, child.stdin).catch(stop);
  try {
    for await (const { type, records, bytes } of packets(child.stdout)) {
      if (broken) break;
      if (type === "failed") throw unpackError(JSON.parse(bytes.toString()) as CarriedError);
      onRecords(records);
      if (type === "end") return;
      yield bytes;
    }
    throw new Error(`the process of ${task} ended without a word`);
  } catch (error) {
    throw reason(error);
  } finally {
    signal?.removeEventListener("abort", aborted);
    child.kill("SIGKILL");
    child.stdin.destroy();
    await ended;
    // What feeds it notices at its next chunk; a source that is silent for ever is its own reader's to end.
    void feeding;
  }
}

async function feed(order: Order, input: AsyncIterable<Uint8Array>, to: Writable): Promise<void> {
  if (!(await say(to, "chunk", 0, Buffer.from(JSON.stringify(order))))) return;
  for await (const chunk of input) if (!(await say(to, "chunk", 0, chunk))) return;
  await say(to, "end", 0, Buffer.alloc(0));
}

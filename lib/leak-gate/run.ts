import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { lendKey, wrappingKeys } from "#lib/storage/keys.ts";
import type { Place } from "#lib/storage/open.ts";
import { GateFailed, type GateWatch, type LeakGate } from "./gate.ts";
import type { GateInput } from "./input.ts";
import { gateLine, type GateVerdict } from "./verdict.ts";

const program = fileURLToPath(new URL("./main.ts", import.meta.url));
/** Keeps the program near 150 MB, whatever the package: it reads as it goes. */
const memory = ["--max-semi-space-size=2", "--max-old-space-size=256"];
/** It tells how far it is several times a second; so long without a word it is stuck. */
const silenceMs = 120_000;

export interface GateOptions {
  /** Another program, and less patience: for tests of what happens when it fails. */
  readonly program?: string;
  readonly silenceMs?: number;
}

/** Starts the gate as a process: it gets neither our environment nor our key, but a key that opens the one package. */
export function openLeakGate({ place, key }: { place: Place; key: Parameters<typeof wrappingKeys>[0] }, options: GateOptions = {}): LeakGate {
  return {
    inspectSealed(sealed, facts, watch) {
      const lent = lendKey(wrappingKeys(key), sealed);
      const { storageKey, bytes } = sealed;
      const source = { type: "sealed", place, key: lent.key.toString("base64"), sealed: { storageKey, wrappedKey: lent.wrappedKey, bytes } } as const;
      return run({ subject: facts.subject, granted: [...facts.granted], source }, [], watch, options);
    },
    inspectFile: ({ fd }, bytes, { subject, granted }, watch) => run({ subject, granted: [...granted], source: { type: "file", fd: 3, bytes } }, [fd], watch, options),
  };
}

async function run(input: GateInput, handles: readonly number[], watch: GateWatch, options: GateOptions): Promise<GateVerdict> {
  watch.signal.throwIfAborted();
  // Less than other helpers get: no code that somebody compiled before. A store behind a private authority is trusted by this variable alone.
  const { NODE_EXTRA_CA_CERTS } = process.env;
  const env: NodeJS.ProcessEnv = { NODE_ENV: "production", ...(NODE_EXTRA_CA_CERTS ? { NODE_EXTRA_CA_CERTS } : {}) };
  const child = spawn(process.execPath, [...memory, options.program ?? program], { env, stdio: ["pipe", "pipe", "pipe", ...handles] });
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new GateFailed("it has no streams");
  let why = "";
  const stop = (reason: string) => {
    why ||= reason;
    child.kill("SIGKILL");
  };
  const aborted = () => stop("stopped");
  watch.signal.addEventListener("abort", aborted, { once: true });
  const silence = setTimeout(() => stop("silent"), options.silenceMs ?? silenceMs);
  try {
    const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
    const complaint = errorName(stderr);
    stdin.on("error", () => undefined).end(JSON.stringify(input));
    let verdict: GateVerdict | null = null;
    for await (const text of createInterface({ input: stdout })) {
      silence.refresh();
      const line = read(text);
      if (!line || verdict) stop("nonsense");
      else if ("verdict" in line) verdict = line.verdict;
      else watch.progress(line.done, line.total);
    }
    const code = await ended;
    watch.signal.throwIfAborted();
    if (why || code !== 0 || !verdict) throw new GateFailed(why || `it ended with ${code} ${await complaint}`);
    return verdict;
  } catch (error) {
    if (watch.signal.aborted) throw watch.signal.reason;
    throw error instanceof GateFailed ? error : new GateFailed("it could not be run", { cause: error });
  } finally {
    clearTimeout(silence);
    watch.signal.removeEventListener("abort", aborted);
    child.kill("SIGKILL");
  }
}

function read(text: string) {
  try {
    return gateLine.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The class of what it died of. Its words may quote the package. */
async function errorName(stderr: NodeJS.ReadableStream): Promise<string> {
  let name = "";
  for await (const line of createInterface({ input: stderr })) name ||= /\b[A-Z][A-Za-z]*Error\b/.exec(line)?.[0] ?? "";
  return name;
}

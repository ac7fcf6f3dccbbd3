import { createCipheriv, createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import type { BuildStep } from "#lib/export/order.ts";
import { childrenRssMb, cpuSeconds, ownCpuSeconds, read } from "./measure.ts";

export interface Part {
  wallSeconds: number;
  cpuSeconds: number;
  /** The most that was seen; looked at ten times a second. */
  rssMb: number;
  /** Of the processes it started, together; what they share with it and with each other is counted each time. */
  childrenRssMb: number;
}

export interface Split {
  /** One after the other; they add up to the build. */
  readonly stages: Readonly<Record<string, Part>>;
  /** Processor seconds within the stages, by what was done: hashing and sealing by call, the rest by thread, what it started as one. */
  readonly within: Readonly<Record<string, number>>;
}

/** What begins with a step of the build. */
const names: Readonly<Record<string, string>> = {
  claimed: "order", sealing: "counting", counted: "lines", lines: "lines (COPY)", table: "tables (CSV)", view: "reading view", media: "media and ledger", summary: "about (PDF)", written: "sync", sealed: "sealed", publishing: "publish",
};

/** What `COPY | gzip` is fairly held against: reading, NDJSON, CSV, hashes, ZIP and encryption. */
const packed: readonly string[] = ["counting", "lines (COPY)", "tables (CSV)", "media and ledger", "sync"];

/** Processor seconds of the package alone: without the reading view, what is written about it (PDF, lists) and the leak gate. */
export function packedCpuSeconds({ stages }: Split): number {
  return packed.reduce((sum, name) => sum + (stages[name]?.cpuSeconds ?? 0), 0);
}

/** Stands beside a build in its own process and notes where the time goes. Threads are told apart on Linux only. */
export function watchSplit(): { step(step: BuildStep): void; end(): Split } {
  const stages: Record<string, Part> = {};
  let open: { name: string; wall: number; cpu: number } | null = null;
  let [rssMb, childRssMb] = [0, 0];
  const look = () => {
    rssMb = Math.max(rssMb, process.memoryUsage.rss() / 1024 ** 2);
    childRssMb = Math.max(childRssMb, childrenRssMb());
  };
  const close = () => {
    if (!open) return;
    const part = (stages[open.name] ??= { wallSeconds: 0, cpuSeconds: 0, rssMb: 0, childrenRssMb: 0 });
    look();
    part.rssMb = Math.max(part.rssMb, rssMb);
    part.childrenRssMb = Math.max(part.childrenRssMb, childRssMb);
    [rssMb, childRssMb] = [0, 0];
    part.wallSeconds += performance.now() / 1000 - open.wall;
    part.cpuSeconds += cpuSeconds() - open.cpu;
  };
  const hash = timeCalls(Object.getPrototypeOf(createHash("sha256")) as Updating);
  const seal = timeCalls(Object.getPrototypeOf(createCipheriv("aes-256-gcm", Buffer.alloc(32), Buffer.alloc(12))) as Updating);
  const threads = watchThreads();
  const timer = setInterval(look, 100);
  return {
    step(step) {
      close();
      const [word = ""] = step.split(":");
      open = { name: names[word] ?? word, wall: performance.now() / 1000, cpu: cpuSeconds() };
    },
    end() {
      close();
      clearInterval(timer);
      return { stages, within: { hash: hash(), seal: seal(), ...threads(), "other processes": cpuSeconds() - ownCpuSeconds() } };
    },
  };
}

interface Updating {
  update(...args: unknown[]): unknown;
}

/** Seconds of the main thread in calls of `update`, which both hashes and ciphers have. By the clock: a thread's own moves in steps of 4 ms and misses most of them. */
function timeCalls(prototype: Updating): () => number {
  const original = prototype.update;
  let millis = 0;
  prototype.update = function (this: unknown, ...args) {
    const before = performance.now();
    const result = original.apply(this as Updating, args);
    millis += performance.now() - before;
    return result;
  };
  return () => millis / 1e3;
}

/** zlib works in libuv's pool (so do files and DNS, which cost next to nothing); V8's helpers collect garbage and compile. */
const threadNames: Readonly<Record<string, string>> = { MainThread: "main thread", "libuv-worker": "deflate", V8Worker: "V8 helpers" };

/** A thread's time is lost with the thread, so it is read now and then. */
function watchThreads(): () => Record<string, number> {
  const seen = new Map<string, readonly [name: string, seconds: number]>();
  const look = () => {
    for (const id of process.platform === "linux" ? readdirSync("/proc/self/task") : []) {
      const [, name, rest = ""] = /\((.*)\) (.*)/s.exec(read(`/proc/self/task/${id}/stat`)) ?? [];
      // It ended between the listing and the look.
      if (name === undefined) continue;
      const ticks = rest.split(" ").slice(11, 13).reduce((sum, value) => sum + Number(value), 0);
      seen.set(id, [threadNames[name] ?? "other threads", ticks / 100]);
    }
  };
  const timer = setInterval(look, 100);
  timer.unref();
  return () => {
    clearInterval(timer);
    look();
    const sums: Record<string, number> = {};
    for (const [name, seconds] of seen.values()) sums[name] = (sums[name] ?? 0) + seconds;
    return sums;
  };
}

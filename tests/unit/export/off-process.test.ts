import { createHash } from "node:crypto";
import { crc32, inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { butLast } from "#lib/export/but-last.ts";
import { inProcess, offProcess, type OffProcessOptions } from "#lib/export/off-process/run.ts";
import type { ParamsOf } from "#lib/export/off-process/transform.ts";
import { SynapseDbUnavailable } from "#lib/synapse-db/synapse-db.ts";
import type { tasks } from "./off-process-child.ts";

const script = new URL("./off-process-child.ts", import.meta.url);
type T = typeof tasks;

function run<N extends keyof T & string>(task: N, params: ParamsOf<T, N>, input: AsyncIterable<Uint8Array>, options: OffProcessOptions = {}) {
  return inProcess<T, N>(script, task, params, input, options);
}
async function* of(...chunks: string[]) {
  for (const chunk of chunks) yield Buffer.from(chunk);
}
const texts = async (chunks: AsyncIterable<Buffer>) => (await Array.fromAsync(chunks)).map(String);
const caught = (promise: Promise<unknown>) => promise.then(() => null, (error: unknown) => error);
const children = () => process.getActiveResourcesInfo().filter((resource) => resource === "ProcessWrap").length;

describe("a transform in another process", () => {
  it("gives what it yields, chunk for chunk, and tells how many records each carries", async () => {
    const heard: number[] = [];
    const chunks = run("echo", { suffix: "!" }, of("a", "b", "ü"), { onRecords: (count) => heard.push(count) });
    expect(await texts(chunks)).toEqual(["a!", "b!", "ü!"]);
    expect(heard).toEqual([1, 1, 1, 100]);
  });

  it("leaves the buffers of its source to the source", async () => {
    const shared = Buffer.from("one two");
    async function* views() {
      yield shared.subarray(0, 3);
      yield shared.subarray(3);
      yield shared;
    }
    expect(await texts(run("echo", { suffix: "" }, views()))).toEqual(["one", " two", "one two"]);
    expect(shared.toString()).toBe("one two");
  });

  it("has the production tasks", async () => {
    const line = '{"event_id":"$e","room_id":"!r:x","stream_ordering":5,"type":"m.room.message","origin_server_ts":1700000000000,"event":{"content":{"body":"=1","msgtype":"m.text"}}}\n';
    const params = { columns: ["a", "b"], rooms: [{ room_id: "!r:x", name: "Room", room_type: null }], ends: [true] };
    const heard: number[] = [];
    const { chunks, last } = butLast(offProcess("events.csv", params, of(line.slice(0, 30), line.slice(30)), { onRecords: (count) => heard.push(count) }));
    const table = inflateRawSync(Buffer.concat(await Array.fromAsync(chunks))).toString();
    expect(table).toBe("a,b\r\n!r:x,Room,,2023-11-14T22:13:20.000Z,m.room.message,m.text,'=1,,,,$e,true\r\n");
    expect(JSON.parse(last())).toEqual({ bytes: table.length, sha256: createHash("sha256").update(table).digest("hex"), crc: crc32(table), lines: 2 });
    expect(heard.reduce((sum, count) => sum + count)).toBe(1);
  });

  it("gets neither the environment nor its secrets", async () => {
    process.env.OFF_PROCESS_SECRET = "canary";
    try {
      expect((await texts(run("seesEnvironment", null, of()))).join("")).not.toMatch(/canary|PATH/);
    } finally {
      delete process.env.OFF_PROCESS_SECRET;
    }
  });
});

describe("back-pressure", () => {
  it("holds the task while nobody reads", async () => {
    let taken = 0;
    async function* plenty() {
      for (; taken < 500; taken += 1) yield Buffer.alloc(100_000);
    }
    const chunks = run("echo", { suffix: "" }, plenty());
    await chunks.next();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(taken).toBeLessThan(20);
    for await (const chunk of chunks) expect(chunk.length).toBe(100_000);
    expect(taken).toBe(500);
  });

  it("holds the source while the task does not take, and takes all of it", async () => {
    async function* many() {
      for (let at = 0; at < 3000; at += 1) yield Buffer.alloc(1000);
    }
    expect(await texts(run("swallow", null, many()))).toEqual(["3000000"]);
  });
});

describe("an end that is none", () => {
  it.each([
    ["RangeError", RangeError, "out of it"],
    ["SynapseDbUnavailable", SynapseDbUnavailable, "Synapse's database is unavailable"],
    ["Odd", Error, "strange"],
  ] as const)("carries %s of the task with its class", async (as, type, message) => {
    const error = await caught(texts(run("fails", { as }, of("x"))));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ name: as, message });
    expect((error as Error).cause ?? error).toMatchObject({ stack: expect.stringContaining("off-process-child.ts") as string });
  });

  it("gives an error of the source as it was thrown", async () => {
    const thrown = new SynapseDbUnavailable();
    async function* breaking() {
      yield Buffer.from("x");
      throw thrown;
    }
    expect(await caught(texts(run("swallow", null, breaking())))).toBe(thrown);
  });

  it("stops at once when told to, whoever is silent", async () => {
    const stopper = new AbortController();
    const reason = new Error("not wanted");
    async function* silent() {
      yield Buffer.from("x");
      await new Promise(() => undefined);
    }
    const result = caught(texts(run("swallow", null, silent(), { signal: stopper.signal })));
    setTimeout(() => stopper.abort(reason), 50);
    expect(await result).toBe(reason);
    expect(await caught(texts(run("swallow", null, of("x"), { signal: stopper.signal })))).toBe(reason);
  });

  it("is a failure when the process dies, by itself or of its small heap", async () => {
    expect(await caught(texts(run("exits", null, of())))).toMatchObject({ message: "the process of exits ended without a word" });
    expect(await caught(texts(run("hoards", null, of())))).toMatchObject({ message: "the process of hoards ended without a word" });
  });

  it("is a failure when there is no such task", async () => {
    const name = "toString" as "echo";
    expect(await caught(texts(run(name, { suffix: "" }, of("x"))))).toMatchObject({ name: "TypeError", message: "no task toString" });
  });
});

describe("nothing is left", () => {
  it("of a process whose reader leaves early, nor of its source", async () => {
    const before = children();
    let closed = false;
    async function* source() {
      try {
        for (;;) yield Buffer.alloc(1000);
      } finally {
        closed = true;
      }
    }
    for await (const chunk of run("echo", { suffix: "" }, source())) if (chunk.length > 0) break;
    await expect.poll(() => closed).toBe(true);
    for await (const chunk of run("endless", null, of())) if (chunk.length > 0) break;
    expect(children()).toBe(before);
  });

  it("of the source when the task has enough", async () => {
    let closed = false;
    async function* source() {
      try {
        for (let at = 0; ; at += 1) yield Buffer.from(String(at));
      } finally {
        closed = true;
      }
    }
    expect(await texts(run("lazy", { chunks: 2 }, source()))).toEqual(["0", "1"]);
    await expect.poll(() => closed).toBe(true);
  });
});

import { mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { RetryLater } from "#lib/errors.ts";
import { buildExport } from "#lib/export/build.ts";
import type { GateWatch } from "#lib/leak-gate/gate.ts";
import { openLeakGate } from "#lib/leak-gate/run.ts";
import type { GateVerdict } from "#lib/leak-gate/verdict.ts";
import { gateSubject, packed } from "#tests/fixtures/gate-package.ts";
import { buildWorld, key } from "./build-world.ts";
import { someKinds } from "./some-kinds.ts";

const world = buildWorld();
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gates-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => world.reset());

const facts = { subject: gateSubject, granted: [] };
const watching = (signal = new AbortController().signal): GateWatch & { readonly seen: number[] } => {
  const seen: number[] = [];
  return { seen, signal, progress: (done) => void seen.push(done) };
};
const passed: GateVerdict = { version: 1, passed: true, files: 1, records: 0, bytes: 1, found: 0, findings: [] };
const say = (line: object) => `process.stdout.write(${JSON.stringify(`${JSON.stringify(line)}\n`)});`;

/** A gate that is another program. */
async function gate(program: string, silenceMs = 20_000) {
  const file = join(folder, `${crypto.randomUUID()}.mjs`);
  await writeFile(file, program);
  return openLeakGate({ place: { type: "disk", folder: world.folder }, key }, { program: file, silenceMs });
}

describe("the program", () => {
  it("opens a sealed package with a key to this one alone, and a plain file, and says the same of both", async () => {
    const zip = await packed();
    const sealed = await world.storage.seal("gate-test", Readable.from([zip]));
    const real = openLeakGate({ place: { type: "disk", folder: world.folder }, key });
    const expected = { passed: true, files: 22, records: 7, bytes: zip.length };
    expect(await real.inspectSealed(sealed, facts, watching())).toMatchObject(expected);
    const path = join(folder, "plain.zip");
    await writeFile(path, zip);
    const file = await open(path, "r");
    expect(await real.inspectFile(file, zip.length, facts, watching())).toMatchObject(expected);
    await file.close();
  }, 60_000);

  it("is told nothing on its command line, has no environment of ours and no key that opens more", async () => {
    vi.stubEnv("NODE_COMPILE_CACHE", join(folder, "compiled by others"));
    const spy = await gate(`
      let input = ""; for await (const chunk of process.stdin) input += chunk;
      const told = JSON.stringify([process.argv.slice(2), Object.keys(process.env), JSON.parse(input).source.key]);
      (await import("node:fs")).writeFileSync(${JSON.stringify(join(folder, "told"))}, told); ${say({ verdict: passed })}`);
    const sealed = await world.storage.seal("gate-spied", Readable.from([Buffer.from("x")]));
    await spy.inspectSealed(sealed, facts, watching()).finally(() => vi.unstubAllEnvs());
    const [args, names, lent] = JSON.parse(await readFile(join(folder, "told"), "utf8")) as [string[], string[], string];
    expect([args, names.filter((name) => !/^(NODE_ENV|NODE_EXTRA_CA_CERTS|LD_.*|PWD|SHLVL|_)$/.test(name))]).toEqual([[], []]);
    expect(lent).not.toBe(key.toString("base64"));
  }, 60_000);
});

const failing: Readonly<Record<string, string>> = {
  "it crashes": "throw new TypeError('x')",
  "it ends well and says nothing": "",
  "it says that it passed and then fails": `${say({ verdict: passed })} process.exitCode = 1;`,
  "it says nonsense": "process.stdout.write('passed\\n')",
  "it says two things": say({ verdict: passed }) + say({ verdict: passed }),
  "it says passed and names a finding": say({ verdict: { ...passed, findings: [{ code: "token", path: "x" }] } }),
  "it names a rule that does not exist": say({ verdict: { ...passed, passed: false, found: 1, findings: [{ code: "other", path: "x" }] } }),
  "it says passed of another version": say({ verdict: { ...passed, version: 0 } }),
  "it is silent": "setInterval(() => undefined, 1000)",
  "it is killed": `${say({ verdict: passed })} process.kill(process.pid, "SIGKILL")`,
};

describe("without a verdict", () => {
  it.each(Object.entries(failing))("because %s: not released, tried again, and then it is", async (_name, program) => {
    const { id } = await world.running();
    const error: unknown = await buildExport(world.ctx({ leakGate: await gate(program, 1500) }), { requestId: id }, { kinds: someKinds }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RetryLater);
    expect(error).toMatchObject({ failure: "gate_failed" });
    expect(await world.db.package.count({ where: { requestId: id } })).toBe(0);
    expect((await world.stored()).filter((name) => name.startsWith(id))).toEqual([]);
    expect(await world.db.letter.count({ where: { requestId: id } })).toBe(0);
  }, 60_000);

  it("ends with the lease, and the program with it", async () => {
    const stopper = new AbortController();
    const slow = await gate("setInterval(() => process.stdout.write('{\"done\":1,\"total\":2}\\n'), 50)");
    const watch = watching(stopper.signal);
    const sealed = await world.storage.seal("gate-stopped", Readable.from([Buffer.from("x")]));
    const looking = slow.inspectSealed(sealed, facts, { ...watch, progress: () => stopper.abort(new Error("lost the lease")) });
    await expect(looking).rejects.toThrow("lost the lease");
  }, 60_000);

  it("because the storage broke off: nothing is said of the package", async () => {
    const zip = await packed();
    const sealed = await world.storage.seal("gate-gone", Readable.from([zip]));
    await world.storage.remove("gate-gone");
    const real = openLeakGate({ place: { type: "disk", folder: world.folder }, key });
    await expect(real.inspectSealed(sealed, facts, watching())).rejects.toMatchObject({ name: "GateFailed" });
  }, 60_000);
});

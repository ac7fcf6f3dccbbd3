import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claimPorts } from "#tests/demo/ports.ts";
import { takeTurn } from "#tests/demo/turn.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "demo-turn-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("a demo that ended tidily leaves nothing; one that was killed is noticed and does not block", async () => {
  const first = await takeTurn(folder);
  expect(first.afterCrash).toBe(false);
  await first.end();
  expect((await takeTurn(folder)).afterCrash).toBe(false);
  // The number of a process that is no demo (this test's own): its owner was killed and the number used again.
  expect(await readFile(path.join(folder, "demo.pid"), "utf8")).toBe(String(process.pid));
  expect((await takeTurn(folder)).afterCrash).toBe(true);
  await writeFile(path.join(folder, "demo.pid"), "4194303");
  expect((await takeTurn(folder)).afterCrash).toBe(true);
});

test("a taken port is one sentence that says what to do", async () => {
  const taken = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => taken.once("listening", resolve));
  const { port } = taken.address() as { port: number };
  const free = { homeserver: 0, mail: 0, smtp: 0 };
  await expect(claimPorts({ portal: port, ...free }, false)).rejects.toThrow(new RegExp(`^Port ${port} for the portal is taken by another program: .*--portal-port \\d+`));
  setTimeout(() => taken.close(), 300);
  // After a crash the ports come free by themselves: it waits for that.
  await expect(claimPorts({ portal: port, ...free }, true)).resolves.toBeUndefined();
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inWorkerProcess } from "#tests/harness/worker-process.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "memory-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function peakMb(events: number, child = "memory-child.ts"): Promise<number> {
  return (await inWorkerProcess<{ maxRssMb: number }>(join(import.meta.dirname, child), { folder, events })).maxRssMb;
}

describe("memory of a build", () => {
  it("stays under 200 MB with 200 000 events of the person's own, and does not grow with them", async () => {
    const few = await peakMb(20_000);
    const many = await peakMb(200_000);
    expect(many).toBeLessThan(200);
    // Ten times the events; what the collector happens to leave lying about differs by 30 MB between two runs of the same.
    expect(many - few).toBeLessThan(60);
  }, 180_000);
});

describe("memory of the leak gate", () => {
  it("stays under 200 MB with 200 000 events, and does not grow with them", async () => {
    const few = await peakMb(20_000, "leak-gate-memory-child.ts");
    const many = await peakMb(200_000, "leak-gate-memory-child.ts");
    expect(many).toBeLessThan(200);
    expect(many - few).toBeLessThan(60);
  }, 180_000);
});

import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packetHead, packets, packetsFrom, type PacketType } from "#lib/export/off-process/packets.ts";

const said: readonly (readonly [PacketType, number, string])[] = [["chunk", 0, "order"], ["chunk", 7, "ü".repeat(300_000)], ["chunk", 1, ""], ["failed", 0, "why"], ["end", 4_000_000_000, ""]];
const bytes = Buffer.concat(said.flatMap(([type, records, text]) => [packetHead(type, records, Buffer.byteLength(text)), Buffer.from(text)]));

let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), "packets-"))));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a process that stands still for each packet gets of a pipe with these bytes. */
function standingStill(content: Buffer) {
  const file = path.join(folder, "pipe");
  writeFileSync(file, content);
  const pipe = openSync(file, "r");
  try {
    return Array.from(packetsFrom(pipe), (packet) => [packet.type, packet.records, packet.bytes.toString()] as const);
  } finally {
    closeSync(pipe);
  }
}

async function* cut(content: Buffer, size: number) {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}
const listening = (content: Buffer, size: number) => Array.fromAsync(packets(cut(content, size)), (packet) => [packet.type, packet.records, packet.bytes.toString()] as const);

describe("packets", () => {
  it("come out of a pipe as they were said, however large", () => {
    expect(standingStill(bytes)).toEqual(said);
  });

  it.each([5, 9, 14, 65_536, 2_000_000])("come out of pieces of %i bytes as they were said", async (size) => {
    expect(await listening(bytes, size)).toEqual(said);
  });

  it.each([3, 9 + 5 + 4, 9 + 5 + 9 + 100_000])("that break off after %i bytes are none", async (length) => {
    const whole = length < 14 ? [] : said.slice(0, 1);
    expect(standingStill(bytes.subarray(0, length))).toEqual(whole);
    expect(await listening(bytes.subarray(0, length), 1000)).toEqual(whole);
  });

  it("of a pipe are all in one buffer", () => {
    const file = path.join(folder, "small");
    writeFileSync(file, Buffer.concat([packetHead("chunk", 0, 3), Buffer.from("one"), packetHead("chunk", 0, 3), Buffer.from("two")]));
    const pipe = openSync(file, "r");
    const [first, second] = Array.from(packetsFrom(pipe), (packet) => packet.bytes);
    closeSync(pipe);
    expect([first?.buffer === second?.buffer, first?.toString()]).toEqual([true, "two"]);
  });
});

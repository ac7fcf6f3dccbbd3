import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { writePackage } from "#lib/export/write.ts";
import type { PackageFacts } from "#lib/export/facts.ts";
import type { Snapshot, SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { testObserver, testOrder, testPorts } from "#tests/fixtures/package.ts";
import { unzip } from "#tests/fixtures/unzip.ts";

/** A Synapse with nothing in it but these tables. */
function synapse(relations: Snapshot["relations"]): SynapseDb {
  return { snapshot: (look) => look({ takenAt: testNow, relations } as Snapshot), close: async () => undefined };
}

async function built(relations: Snapshot["relations"]) {
  let pdf = "";
  const renderPdf = async (content: unknown) => Buffer.from((pdf = JSON.stringify(content)));
  const ports = testPorts({ synapseDb: synapse(relations), renderPdf });
  const { sunk, manifest } = await writePackage(ports, testOrder(), testObserver(), (zip) => buffer(Readable.from(zip)));
  const files = [...(await unzip(sunk))];
  const page = files.find(([path]) => path.endsWith("index.html"))?.[1].content.toString() ?? "";
  return { missing: manifest.missing satisfies PackageFacts["manifest"]["missing"], page, pdf };
}

test("a table nobody has classified makes the package incomplete, and all three documents say so first", async () => {
  const { missing, page, pdf } = await built([
    { table: "user_moods", columns: [{ name: "user_id", wordy: true }] },
    { table: "users", columns: [{ name: "name", wordy: true }, { name: "nickname", wordy: true }, { name: "n", wordy: false }] },
  ]);
  expect(missing[0]).toMatchObject({ code: "UNMAPPED", names: ["user_moods", "users.nickname"] });
  for (const said of [missing[0]?.why, page, pdf]) {
    expect(said).toContain("user_moods, users.nickname");
  }
  for (const said of [page, pdf]) expect(said).toContain("this copy is not complete");
});

test("of a Synapse that is classified nothing of the sort is said", async () => {
  const { missing, page } = await built([{ table: "users", columns: [{ name: "name", wordy: true }] }]);
  expect(missing.map(({ code }) => code)).not.toContain("UNMAPPED");
  expect(page).not.toContain("not complete");
});

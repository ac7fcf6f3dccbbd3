import { beforeEach, expect, it } from "vitest";
import { giveConsent } from "#lib/consent/give-consent.ts";
import { openReceipt } from "#lib/consent/open-receipt.ts";
import { printReceipt } from "#lib/consent/print-receipt.ts";
import { withdrawConsent } from "#lib/consent/withdraw-consent.ts";
import { buildExport } from "#lib/export/build.ts";
import type { Manifest } from "#lib/export/manifest.ts";
import { kindsByDefault } from "#lib/kinds/kind.ts";
import { renderPdf } from "#lib/pdf/render-to-buffer.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { openPackage } from "#tests/fixtures/open-package.ts";
import { fakeKind } from "#tests/fixtures/package.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { policiesFolder, shownText } from "#tests/fixtures/policies.ts";
import { buildWorld, sealedOf } from "./build-world.ts";

const world = buildWorld();
beforeEach(() => world.reset());
const policy = { ...testPolicy, policies: policiesFolder };

/** Somebody who agreed and took it back: one receipt printed, the other not yet. */
async function consented() {
  const person = await makePerson(world.db);
  const ctx = world.web(person, { policy });
  const { id } = await giveConsent(ctx, await shownText("newsletter", "en"));
  await printReceipt(world.ctx({ renderPdf }), { consentId: id });
  const { id: back } = await withdrawConsent(ctx, { policy: "newsletter" });
  world.homeserver.addAccount(person.mxid, { displayName: "Ada" });
  return { person, ctx, id, back };
}

async function packageOf(personId: string, kinds: readonly string[]) {
  const { id: requestId } = await makeRequest(world.db, personId, { state: "running", openKey: null, scope: { kinds: [...kinds], from: null, to: null, mediaFiles: true } });
  await buildExport(world.ctx(), { requestId }, { kinds: [fakeKind("account_data", { rows: [{ content: "hello" }] })] });
  const [found] = await world.db.package.findMany({ where: { requestId } });
  const { files } = await openPackage(Buffer.concat((await (await world.storage.open(sealedOf(found))).toArray()) as Buffer[]));
  return { files, manifest: JSON.parse(files.get("manifest.json")?.content.toString() ?? "") as Manifest };
}

it("receipts stand in the package for programs and for people, one's own alone, and pass the leak gate", async () => {
  const other = await consented();
  const { person, ctx, id, back } = await consented();
  const { files, manifest } = await packageOf(person.personId, kindsByDefault);
  const expected = [`data/receipts/${id}.jsonld`, `data/receipts/${id}.pdf`, `data/receipts/${back}.jsonld`].sort();
  expect([...files.keys()].filter((name) => name.startsWith("data/receipts/")).sort()).toEqual(expected);
  expect(manifest.files.map(({ path }) => path).filter((path) => path.startsWith("data/receipts/")).sort()).toEqual(expected);
  expect(JSON.stringify([...files.keys()])).not.toContain(other.id);
  expect(JSON.parse(files.get(`data/receipts/${id}.jsonld`)?.content.toString() ?? "")).toEqual((await openReceipt(ctx, id)).document);
  expect(files.get(`data/receipts/${id}.pdf`)?.content.equals(Buffer.from((await openReceipt(ctx, id)).pdf ?? []))).toBe(true);
  expect(files.get("index.html")?.content.toString()).toContain("Your consent receipts");
}, 30_000);

it("no receipt is in a package without what the portal holds", async () => {
  const { person } = await consented();
  const { files } = await packageOf(person.personId, ["account_data"]);
  expect([...files.keys()].filter((name) => name.startsWith("data/receipts/"))).toEqual([]);
  expect(files.get("index.html")?.content.toString()).not.toContain("Your consent receipts");
}, 30_000);

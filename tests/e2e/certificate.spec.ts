import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { expect, test, type Page } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import type { Certificate, CertificateFile } from "#lib/erasure/certificate.ts";
import { holderHash } from "#lib/erasure/write-certificate.ts";
import { grouped } from "#lib/requests/crockford.ts";
import { recoveryCode } from "#lib/requests/recovery.ts";
import { signer, signingKey } from "#lib/signing/signer.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { stack } from "./facts.ts";
import { complaintsOf, keep } from "./look/inspect.ts";
import { uproot } from "./look/plant.ts";

/** The account is gone; its holder fetches the certificate with the code, and shows that it is genuine and theirs. */
test.describe.configure({ mode: "serial" });

const mxid = "@gone-for-good:garden.example";
const salt = randomBytes(32).toString("hex");
const seed = randomBytes(32);
const { kid, publicKey } = signingKey(seed);
let db: PrismaClient;
let page: Page;
let id = "";
let reference = "";
let json = "";

const sample: Omit<Certificate, "reference" | "holder" | "issued"> = {
  format: { name: "matrix-privacy-portal-certificate", version: 1 },
  homeserver: "garden.example",
  controller: { name: "Garden Society e.V.", address: "Beetweg 1, 10115 Berlin" },
  officer: "privacy@garden.example",
  supervision: { name: "Commissioner for Data Protection", url: "https://authority.example" },
  accounts: "synapse",
  planHash: "0b".repeat(32),
  options: { redact: true, suspend: true, leaveNow: false },
  asked: "2026-10-20T09:00:00.000Z",
  confirmed: "2026-10-20T09:05:00.000Z",
  approved: "2026-10-22T09:00:00.000Z",
  begun: "2026-11-19T09:05:00.000Z",
  removed: [{ code: "events", count: 2_497 }, { code: "media", count: 310 }, { code: "account", count: 1 }],
  retained: [{ code: "copies_people", law: "Art. 17(3)(a)" }, { code: "proof", law: "Art. 5(2)" }],
  failed: [{ code: "too_old", count: 3 }],
  overridden: [],
  residue: { measured: "2026-11-20T09:05:00.000Z", places: [], unexplained: [] },
  told: [{ target: "homeserver", name: "elsewhere.example", state: "asked" }],
};

test.beforeAll(async ({ browser }) => {
  const { databaseUrl, portalUrl } = stack();
  db = createDb(databaseUrl);
  page = await (await browser.newContext({ baseURL: portalUrl })).newPage();
  const { personId } = await makePerson(db, { mxid: "erased:somebody", accountState: "deactivated" });
  ({ id, reference } = await makeRequest(db, personId, { kind: "erasure", state: "fulfilled", scope: { redact: true, suspend: true, leaveNow: false } }));
  const issuedAt = new Date();
  await db.signingKey.create({ data: { kid, publicKey, firstUsedAt: new Date(issuedAt.getTime() - 1000) } });
  const certificate: Certificate = { ...sample, reference, holder: { algorithm: "SHA-256", over: "salt, Matrix ID", hash: holderHash(salt, mxid) }, issued: issuedAt.toISOString() };
  const file: CertificateFile = { certificate, signature: signer([seed], portalUrl)(JSON.stringify(certificate), "certificate.json") };
  await db.certificate.create({ data: { requestId: id, issuedAt, document: file as object, pdf: Buffer.from("%PDF-1.7 a certificate\n"), salt } });
});
test.afterAll(async () => {
  await uproot(db, [reference]);
  await db.signingKey.deleteMany({ where: { kid } });
  await db.$disconnect();
  await page.context().close();
});

test("reference and code give both files and the proof; no address holds the code", async ({}, info) => {
  const code = recoveryCode(stack().portalSecret, id);
  await page.goto("/certificate");
  await page.getByLabel("Reference").fill(reference);
  await page.getByLabel("Recovery code").fill(code);
  await page.getByRole("button", { name: "Fetch the certificate" }).click();
  await expect(page.getByText("Here is your certificate")).toBeVisible();
  await expect(page.getByText(salt)).toBeVisible();
  expect(page.url()).not.toContain(code);
  await keep(page, "certificate fetched");
  expect(await complaintsOf(page)).toEqual([]);
  const fetchFile = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return await readFile(await download.path());
  };
  expect((await fetchFile("Download as PDF")).toString()).toContain("%PDF-1.7");
  json = info.outputPath("certificate.json");
  await writeFile(json, await fetchFile("Download as signed file (JSON)"));
  expect(await db.auditRecord.count({ where: { requestId: id, event: "certificate_opened" } })).toBe(3);
});

test("the check says that it is genuine and what it says, and sends nothing but the question for the keys", async () => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await page.goto("/verify");
  asked.length = 0;
  await page.getByLabel("The package (ZIP) or the certificate (JSON)").setInputFiles(json);
  await expect(page.getByText("This certificate is genuine")).toBeVisible();
  await expect(page.getByText(`reference ${grouped(reference)}`)).toBeVisible();
  for (const [name, proof, answer] of [
    ["@somebody-else:garden.example", salt, "do not belong together"],
    [mxid, "00".repeat(32), "do not belong together"],
    [mxid, ` ${salt.toUpperCase()} `, "is about the account you typed"],
  ] as const) {
    await page.getByLabel("Matrix ID").fill(name);
    await page.getByLabel("Proof").fill(proof);
    await page.getByRole("button", { name: "Check", exact: true }).click();
    await expect(page.getByRole("status").filter({ hasText: answer })).toBeVisible();
  }
  await keep(page, "certificate checked");
  expect(await complaintsOf(page)).toEqual([]);
  expect(asked.filter((one) => one !== "GET /icon.svg")).toEqual(["GET /.well-known/matrix-privacy-portal/keys.json"]);
});

test("a file that is chosen before the page has woken is checked all the same", async () => {
  let wake: () => void = () => undefined;
  const awake = new Promise<void>((resolve) => (wake = resolve));
  await page.route("**/_next/static/**/*.js", async (route) => {
    await awake;
    await route.continue();
  });
  await page.goto("/verify", { waitUntil: "domcontentloaded" });
  await page.getByLabel("The package (ZIP) or the certificate (JSON)").setInputFiles(json);
  wake();
  await expect(page.getByText("This certificate is genuine")).toBeVisible();
  await page.unroute("**/_next/static/**/*.js");
});

test("one changed number is seen", async ({}, info) => {
  const forged = JSON.parse(await readFile(json, "utf8")) as CertificateFile;
  const path = info.outputPath("forged.json");
  await writeFile(path, JSON.stringify({ ...forged, certificate: { ...forged.certificate, reference: "00000000" } }));
  await page.getByLabel("The package (ZIP) or the certificate (JSON)").setInputFiles(path);
  await expect(page.getByText("This certificate is not as it was made")).toBeVisible();
  const other = info.outputPath("other.json");
  await writeFile(other, '{"hello":"world"}');
  await page.getByLabel("The package (ZIP) or the certificate (JSON)").setInputFiles(other);
  await expect(page.getByText("This is not a certificate of this portal")).toBeVisible();
});

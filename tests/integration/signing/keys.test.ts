import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { publishedKeys } from "#lib/signing/published-keys.ts";
import { registerKeys } from "#lib/signing/register-keys.ts";
import { keyList } from "#lib/signing/signature-file.ts";
import { signingKey } from "#lib/signing/signer.ts";
import { freshDb } from "#tests/fixtures/db.ts";

const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const kid = (seed: Buffer) => signingKey(seed).kid;
const day = (number: number) => new Date(Date.UTC(2026, 10, number));

let own: Awaited<ReturnType<typeof freshDb>>;
beforeAll(async () => { own = await freshDb(); });
afterAll(() => own.drop());
beforeEach(async () => { await own.db.signingKey.deleteMany(); });

const start = (at: Date, ...seeds: Buffer[]) => registerKeys({ db: own.db, now: () => at }, seeds);
const periods = async () => Object.fromEntries((await publishedKeys(own)).keys.map((key) => [key.kid, [key.firstUsedAt, key.retiredAt]]));

test("a worker that starts makes its public key known, once, and nothing of the private one", async () => {
  await start(day(1), one);
  await start(day(2), one);
  const keys = await publishedKeys(own);
  expect(keyList.parse(keys)).toEqual(keys);
  expect(keys.keys).toEqual([{ kty: "OKP", crv: "Ed25519", use: "sig", alg: "EdDSA", kid: kid(one), x: signingKey(one).publicKey, firstUsedAt: day(1).toISOString(), retiredAt: null }]);
  const rows = JSON.stringify(await own.db.signingKey.findMany());
  for (const form of ["base64", "base64url", "hex"] as const) expect(rows).not.toContain(one.toString(form));
});

test("a key that another one replaced stays published with its period, also when it is configured no more", async () => {
  await start(day(1), one);
  await start(day(5), two, one);
  expect(await periods()).toEqual({ [kid(one)]: [day(1).toISOString(), day(5).toISOString()], [kid(two)]: [day(5).toISOString(), null] });
  await start(day(9), two);
  expect(await periods()).toEqual({ [kid(one)]: [day(1).toISOString(), day(5).toISOString()], [kid(two)]: [day(5).toISOString(), null] });
});

test("a change that is taken back is taken back there too", async () => {
  await start(day(1), one);
  await start(day(5), two, one);
  await start(day(6), one, two);
  expect(await periods()).toEqual({ [kid(one)]: [day(1).toISOString(), null], [kid(two)]: [day(5).toISOString(), day(6).toISOString()] });
});

test("workers that start at the same moment agree", async () => {
  await Promise.all([start(day(1), one), start(day(1), one), start(day(1), one)]);
  expect(await periods()).toEqual({ [kid(one)]: [day(1).toISOString(), null] });
});

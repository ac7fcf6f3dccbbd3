import { writePackage } from "#lib/export/write.ts";
import { keyList, type KeyList } from "#lib/signing/signature-file.ts";
import { signer, signingKey } from "#lib/signing/signer.ts";
import { openArchive } from "#lib/export/archive.ts";
import { openZip } from "#lib/signing/verify/open-zip.ts";
import { verifyPackage } from "#lib/signing/verify/verify-package.ts";
import type { Verdict } from "#lib/signing/verify/verdict.ts";
import { Readable } from "node:stream";
import { testNow } from "#tests/fixtures/clock.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { fakeKind, testObserver, testOrder, testPorts } from "#tests/fixtures/package.ts";
import { unzip } from "#tests/fixtures/unzip.ts";

export const seed = Buffer.alloc(32, 1);
export const folder = "matrix-data-7F3K-29QD";
const collect = async (zip: AsyncIterable<Uint8Array>) => Buffer.concat(await Array.fromAsync(zip));

/** A small package with one of each sort of file, as the worker writes it. */
export async function packageZip(): Promise<Buffer> {
  const kinds = [
    fakeKind("messages", { rows: [{ body: "one" }, { body: "two \u0000" }] }),
    fakeKind("media", { rows: [{ id: "m" }], attachments: [{ mediaId: "m" as never, contentType: "image/png", bytes: null }] }),
  ];
  const homeserver = { ...testPorts().homeserver, openMedia: async () => ({ content: Readable.from([Buffer.from("pixels")]), bytes: 6 }) };
  const ports = testPorts({ homeserver, sign: signer([seed], testPolicy.portalUrl) });
  return (await writePackage(ports, testOrder({ kinds }), testObserver(), collect)).sunk;
}

export type Files = Map<string, Buffer>;

/** Paths below the top folder and their content, to be changed and packed again. */
export async function filesOf(zip: Buffer): Promise<Files> {
  return new Map([...(await unzip(zip))].map(([name, file]) => [name.slice(folder.length + 1), file.content]));
}

export async function zipOf(files: Iterable<readonly [string, Buffer]>, top = folder): Promise<Buffer> {
  const archive = openArchive(testNow);
  const all = collect(archive.bytes);
  for (const [name, content] of files) await archive.add(top === "" ? name : `${top}/${name}`, content);
  await archive.finish();
  return await all;
}

/** As the web publishes them. */
export function published(seeds: readonly { seed: Buffer; firstUsedAt?: Date; retiredAt?: Date | null }[] = [{ seed }]): KeyList {
  return keyList.parse({
    keys: seeds.map(({ seed: bytes, firstUsedAt = testNow, retiredAt = null }) => {
      const { kid, publicKey } = signingKey(bytes);
      return { kty: "OKP", crv: "Ed25519", use: "sig", alg: "EdDSA", kid, x: publicKey, firstUsedAt: firstUsedAt.toISOString(), retiredAt: retiredAt?.toISOString() ?? null };
    }),
  });
}

export async function verdictOn(zip: Buffer, keys: KeyList | null = published()): Promise<Verdict> {
  return await verifyPackage(await openZip(new Blob([new Uint8Array(zip)])), keys, { signal: new AbortController().signal, progress: () => undefined });
}

import type { DoorContext } from "#lib/auth/door-context.ts";
import type { KeyList } from "./signature-file.ts";

/** The public keys of now and before, newest first, as a JWK set. Holds nothing personal and nothing secret. */
export async function publishedKeys({ db }: Pick<DoorContext, "db">): Promise<KeyList> {
  const rows = await db.signingKey.findMany({ orderBy: [{ firstUsedAt: "desc" }, { kid: "asc" }] });
  return {
    keys: rows.map(({ kid, publicKey, firstUsedAt, retiredAt }) => ({
      kty: "OKP",
      crv: "Ed25519",
      use: "sig",
      alg: "EdDSA",
      kid,
      x: publicKey,
      firstUsedAt: firstUsedAt.toISOString(),
      retiredAt: retiredAt?.toISOString() ?? null,
    })),
  };
}

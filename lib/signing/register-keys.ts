import type { WorkerContext } from "#lib/context.ts";
import { signingKey } from "./signer.ts";

/**
 * Tells the world, through the table the web publishes, which key signs from now on. Every other known key
 * is retired, with the moment, and stays: packages it signed must remain checkable. May be repeated.
 * @param seeds SIGNING_KEY, newest first: the others have signed, also where this database does not know it
 */
export async function registerKeys({ db, now }: Pick<WorkerContext, "db" | "now">, seeds: readonly Uint8Array[]): Promise<void> {
  const at = now();
  const [current, ...older] = seeds.map(signingKey);
  if (!current) throw new TypeError("no signing key");
  await db.$transaction(async (tx) => {
    await tx.signingKey.createMany({
      data: [current, ...older].map(({ kid, publicKey }) => ({ kid, publicKey, firstUsedAt: at })),
      skipDuplicates: true,
    });
    await tx.signingKey.updateMany({ where: { kid: current.kid, retiredAt: { not: null } }, data: { retiredAt: null } });
    await tx.signingKey.updateMany({ where: { kid: { not: current.kid }, retiredAt: null }, data: { retiredAt: at } });
  });
}

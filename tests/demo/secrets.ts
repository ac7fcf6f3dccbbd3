import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

export interface Secrets {
  readonly portalSecret: string;
  readonly packageKey: string;
  readonly signingKey: string;
  /** Of the restricted role on Synapse's database. */
  readonly readerPassword: string;
}

/** Made once: packages and sessions of yesterday's demo open today. */
export async function readSecrets(folder: string): Promise<Secrets> {
  const file = path.join(folder, "secrets.json");
  const kept = JSON.parse(await readFile(file, "utf8").catch(() => "{}")) as Partial<Secrets>;
  // What a demo of an earlier version did not know is added.
  const secrets: Secrets = {
    portalSecret: randomBytes(32).toString("base64"),
    packageKey: randomBytes(32).toString("base64"),
    signingKey: randomBytes(32).toString("base64"),
    readerPassword: randomBytes(18).toString("base64url"),
    ...kept,
  };
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}

import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { type FrameKey, prefixBytes } from "./frames.ts";
import { StorageCorrupt } from "./storage.ts";

/**
 * Envelope encryption: each package has a data key of its own, wrapped by the configured key with the
 * storage key as associated data, so that a wrapped key moved to another row opens nothing.
 * Wrapped form: `v1.<key id>.<base64url(nonce 12 | sealed 39 | tag 16)>`.
 */
const dataKeyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** The configured keys: the first wraps, all unwrap (rotation: put the new one in front, keep the old until its packages expired). */
export interface WrappingKeys {
  readonly current: string;
  readonly byId: ReadonlyMap<string, Uint8Array>;
}

/**
 * @param configured PACKAGE_KEY: 32 bytes, or several keys, newest first
 * @throws Error when a key has another length
 */
export function wrappingKeys(configured: Uint8Array | readonly Uint8Array[]): WrappingKeys {
  const secrets = configured instanceof Uint8Array ? [configured] : configured;
  const byId = new Map<string, Uint8Array>();
  for (const secret of secrets) {
    if (secret.length !== dataKeyBytes) throw new Error(`a package key has ${dataKeyBytes} bytes`);
    byId.set(createHash("sha256").update("package key id").update(secret).digest("hex").slice(0, 8), secret);
  }
  const [current] = byId.keys();
  if (!current) throw new Error("no package key is configured");
  return { current, byId };
}

export function newFrameKey(): FrameKey {
  return { key: randomBytes(dataKeyBytes), prefix: randomBytes(prefixBytes) };
}

export function wrapKey(keys: WrappingKeys, storageKey: string, frameKey: FrameKey): string {
  const wrapping = keys.byId.get(keys.current);
  if (!wrapping) throw new Error("the current package key is not among the keys");
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", wrapping, nonce).setAAD(Buffer.from(storageKey));
  const sealed = Buffer.concat([nonce, cipher.update(frameKey.key), cipher.update(frameKey.prefix), cipher.final(), cipher.getAuthTag()]);
  return `v1.${keys.current}.${sealed.toString("base64url")}`;
}

/** @throws StorageCorrupt when no configured key opens it, or it belongs to another storage key */
export function unwrapKey(keys: WrappingKeys, storageKey: string, wrapped: string): FrameKey {
  const [version, keyId, body, ...more] = wrapped.split(".");
  const wrapping = keys.byId.get(keyId ?? "");
  const sealed = Buffer.from(body ?? "", "base64url");
  if (version !== "v1" || !wrapping || more.length > 0 || sealed.length !== nonceBytes + dataKeyBytes + prefixBytes + tagBytes) {
    throw new StorageCorrupt();
  }
  const decipher = createDecipheriv("aes-256-gcm", wrapping, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(storageKey)).setAuthTag(sealed.subarray(-tagBytes));
  const plain = decipher.update(sealed.subarray(nonceBytes, -tagBytes));
  try {
    decipher.final();
  } catch (cause) {
    throw new StorageCorrupt({ cause });
  }
  return { key: plain.subarray(0, dataKeyBytes), prefix: plain.subarray(dataKeyBytes) };
}

/**
 * The same package under a key made for this once: who gets it can open this package and no other.
 * @throws StorageCorrupt as unwrapKey()
 */
export function lendKey(keys: WrappingKeys, { storageKey, wrappedKey }: { storageKey: string; wrappedKey: string }): { key: Buffer; wrappedKey: string } {
  const key = randomBytes(dataKeyBytes);
  return { key, wrappedKey: wrapKey(wrappingKeys(key), storageKey, unwrapKey(keys, storageKey, wrappedKey)) };
}

import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import type { Person, Stage } from "./world.ts";

type Json = { readonly [key: string]: unknown };

interface SigningKey {
  readonly id: string;
  readonly base64: string;
  readonly secret: KeyObject;
}

/** What an app of a person uploads for encryption: keys of the device, one-time keys, an identity that signs, a backup. */
export async function setUpKeys({ mark }: Stage, { name, mxid, client }: Person): Promise<void> {
  const device = { ...newKey(), id: client.deviceId };
  const deviceKeys = signed({
    user_id: mxid,
    device_id: client.deviceId,
    algorithms: ["m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"],
    keys: { [`ed25519:${client.deviceId}`]: device.base64, [`curve25519:${client.deviceId}`]: newKey().base64 },
  }, mxid, device);
  const oneTime = (id: string, more: Json = {}) => [`signed_curve25519:AAAA${id}`, signed({ key: newKey().base64, ...more }, mxid, device)] as const;
  await client.call("POST", "/_matrix/client/v3/keys/upload", {
    device_keys: deviceKeys,
    one_time_keys: Object.fromEntries(["0", "1", "2"].map((id) => oneTime(id))),
    fallback_keys: Object.fromEntries([oneTime("F", { fallback: true })]),
  });
  const [master, own, others] = [newKey(), newKey(), newKey()];
  const identity = (usage: string, key: SigningKey) => ({ user_id: mxid, usage: [usage], keys: { [`ed25519:${key.id}`]: key.base64 } });
  await client.call("POST", "/_matrix/client/v3/keys/device_signing/upload", {
    master_key: identity("master", master),
    self_signing_key: signed(identity("self_signing", own), mxid, master),
    user_signing_key: signed(identity("user_signing", others), mxid, master),
  });
  // The identity vouches for the device it was made on.
  await client.call("POST", "/_matrix/client/v3/keys/signatures/upload", { [mxid]: { [client.deviceId]: signed(deviceKeys, mxid, own) } });
  const { version } = await client.call<{ version: string }>("POST", "/_matrix/client/v3/room_keys/version", {
    algorithm: "m.megolm_backup.v1.curve25519-aes-sha2",
    auth_data: { public_key: newKey().base64 },
  });
  const session = { ephemeral: newKey().base64, ciphertext: mark(name, "backed-up key", "AwgAEnACgAkLmt6q"), mac: "Tm90IGEgbWFj" };
  await client.call("PUT", `/_matrix/client/v3/room_keys/keys?version=${version}`, {
    rooms: { "!secret:garden.example": { sessions: { session1: { first_message_index: 0, forwarded_count: 0, is_verified: true, session_data: session } } } },
  });
}

function newKey(): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const base64 = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url").toString("base64").replace(/=+$/, "");
  return { id: base64, base64, secret: privateKey };
}

/** Synapse checks signatures of identities: over the JSON with sorted keys and without signatures. */
function signed(value: Json, mxid: string, key: SigningKey): Json {
  const signature = sign(null, Buffer.from(sorted({ ...value, signatures: undefined })), key.secret).toString("base64").replace(/=+$/, "");
  const known = (value["signatures"] as { readonly [user: string]: Json } | undefined)?.[mxid];
  return { ...value, signatures: { [mxid]: { ...known, [`ed25519:${key.id}`]: signature } } };
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part);
}

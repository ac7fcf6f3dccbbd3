import { createHmac } from "node:crypto";
import { registrationSecret } from "./synapse-config.ts";

export interface NewUser {
  readonly name: string;
  readonly password: string;
  readonly admin?: boolean;
  readonly displayName?: string;
  readonly userType?: string;
}

export interface Registered {
  readonly mxid: string;
  readonly accessToken: string;
  readonly deviceId: string;
}

/** Shared-secret registration, the one way to make a user without any user interface. */
export async function register(baseUrl: string, { name, password, admin = false, displayName, userType }: NewUser): Promise<Registered> {
  const url = new URL("/_synapse/admin/v1/register", baseUrl);
  const { nonce } = (await (await fetch(url)).json()) as { nonce: string };
  const signed = [nonce, name, password, admin ? "admin" : "notadmin", ...(userType ? [userType] : [])].join("\0");
  const mac = createHmac("sha1", registrationSecret).update(signed).digest("hex");
  const body = { nonce, username: name, password, admin, mac, ...(displayName ? { displayname: displayName } : {}), ...(userType ? { user_type: userType } : {}) };
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const json = (await answer.json()) as { user_id?: string; access_token?: string; device_id?: string; errcode?: string; error?: string };
  if (!json.user_id || !json.access_token || !json.device_id) throw new Error(`Registering ${name} failed: ${answer.status} ${json.errcode ?? ""} ${json.error ?? ""}`);
  return { mxid: json.user_id, accessToken: json.access_token, deviceId: json.device_id };
}

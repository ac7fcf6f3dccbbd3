import { causeOf, SignInProblem } from "./problem.ts";

/** The way a homeserver offers to sign in: GET /login of the client-server API. */
export interface Flow {
  readonly type: string;
  readonly identity_providers?: readonly { readonly id: string; readonly name: string }[];
}

/** A device of the person's that exists for a few seconds. */
interface Device {
  readonly accessToken: string;
  readonly mxid: string;
}

/** Exactly what is handed to the portal: no field more. */
export interface OpenIdToken {
  readonly access_token: string;
  readonly matrix_server_name: string;
  readonly expires_in: number;
}

const TIMEOUT_MS = 20_000;

export async function flows(base: string): Promise<readonly Flow[]> {
  const answer = await call(`${base}/_matrix/client/v3/login`, { method: "GET" });
  return Array.isArray(answer["flows"]) ? (answer["flows"] as Flow[]) : [];
}

/** @param credentials the part of a login body that proves who it is: password or SSO login token */
export async function logIn(base: string, credentials: Readonly<Record<string, unknown>>, deviceName: string): Promise<Device> {
  const answer = await call(`${base}/_matrix/client/v3/login`, {
    method: "POST",
    body: JSON.stringify({ ...credentials, initial_device_display_name: deviceName }),
  });
  return { accessToken: text(answer, "access_token"), mxid: text(answer, "user_id") };
}

export async function openIdToken(base: string, device: Device): Promise<OpenIdToken> {
  const url = `${base}/_matrix/client/v3/user/${encodeURIComponent(device.mxid)}/openid/request_token`;
  const answer = await call(url, { method: "POST", body: "{}" }, device.accessToken);
  const { expires_in } = answer;
  return {
    access_token: text(answer, "access_token"),
    matrix_server_name: text(answer, "matrix_server_name"),
    expires_in: typeof expires_in === "number" ? expires_in : 3600,
  };
}

/** Removes the temporary device, with a second try; if both fail it is left with a telling name. */
export async function logOut(base: string, device: Device, leaving = false): Promise<void> {
  // keepalive lets the request finish although the page goes.
  const send = () => call(`${base}/_matrix/client/v3/logout`, { method: "POST", body: "{}", keepalive: leaving }, device.accessToken);
  await send().catch(send).catch(() => undefined);
}

async function call(url: string, init: RequestInit, accessToken?: string): Promise<Record<string, unknown>> {
  const headers: Record<string, string> = init.body ? { "content-type": "application/json" } : {};
  if (accessToken) headers["authorization"] = `Bearer ${accessToken}`;
  const bounds = { credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer" } as const;
  let response: Response;
  let answer: Record<string, unknown>;
  try {
    response = await fetch(url, { ...bounds, ...init, headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  } catch {
    throw new SignInProblem("server_down");
  }
  if (response.ok) return answer;
  const errcode = typeof answer["errcode"] === "string" ? answer["errcode"] : "UNKNOWN";
  throw causeOf(response.status, errcode, wait(answer, response), new Date());
}

function wait(answer: Record<string, unknown>, response: Response): number | null {
  const seconds = Number(response.headers.get("retry-after"));
  const { retry_after_ms } = answer;
  return typeof retry_after_ms === "number" ? retry_after_ms : seconds > 0 ? seconds * 1000 : null;
}

function text(answer: Record<string, unknown>, name: string): string {
  const value = answer[name];
  if (typeof value !== "string" || value === "") throw new SignInProblem("refused");
  return value;
}

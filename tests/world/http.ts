import { setTimeout as pause } from "node:timers/promises";

/** The homeserver said no: HTTP status and Matrix error code. */
export class MatrixError extends Error {
  readonly status: number;
  readonly errcode: string;
  constructor(status: number, errcode: string, message: string) {
    super(`${status} ${errcode}: ${message}`);
    this.name = "MatrixError";
    this.status = status;
    this.errcode = errcode;
  }
}

/** One call of the client-server or Admin API; the answer's JSON. */
export type Call = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) => Promise<T>;

/** @param userAgent becomes part of the person's session data on the homeserver */
export function caller(baseUrl: string, accessToken: string | null, userAgent = "world/1"): Call {
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const headers: Record<string, string> = { "user-agent": userAgent };
    if (accessToken) headers["authorization"] = `Bearer ${accessToken}`;
    if (body !== undefined) headers["content-type"] = "application/json";
    for (let attempt = 1; ; attempt++) {
      const answer = await fetch(new URL(path, baseUrl), { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      const json = (await answer.json().catch(() => ({}))) as { errcode?: string; error?: string; retry_after_ms?: number };
      if (answer.ok) return json as T;
      if (answer.status === 429 && attempt < 20) await pause(json.retry_after_ms ?? 250);
      else throw new MatrixError(answer.status, json.errcode ?? "UNKNOWN", `${method} ${path}: ${json.error ?? ""}`);
    }
  };
}

/** Bytes into the media repository; the answer is the `mxc://` address. */
export async function uploadFile(baseUrl: string, accessToken: string, file: { name: string; type: string; bytes: Uint8Array<ArrayBuffer> }): Promise<string> {
  const url = new URL("/_matrix/media/v3/upload", baseUrl);
  url.searchParams.set("filename", file.name);
  const headers = { authorization: `Bearer ${accessToken}`, "content-type": file.type };
  const answer = await fetch(url, { method: "POST", headers, body: file.bytes });
  const json = (await answer.json()) as { content_uri?: string; errcode?: string; error?: string };
  if (!json.content_uri) throw new MatrixError(answer.status, json.errcode ?? "UNKNOWN", json.error ?? "upload");
  return json.content_uri;
}

/** A segment of a path: Matrix IDs and room IDs may hold anything. */
export const seg = encodeURIComponent;

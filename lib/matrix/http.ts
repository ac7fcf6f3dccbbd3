import { HomeserverRefused, HomeserverUnavailable } from "./homeserver.ts";

export interface Call {
  readonly method?: "GET" | "PUT" | "POST" | "DELETE";
  readonly token?: string;
  /** Another kind of authorization than a bearer's token. */
  readonly authorization?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form, where OAuth wants one. */
  readonly form?: Readonly<Record<string, string>>;
  /** For the whole answer, its body included: a server that drips is a server that is down. */
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  readonly fetch?: typeof fetch;
}

/**
 * One JSON request to the homeserver. Follows no redirect, reads no more than `maxBytes`, never puts the
 * URL into an error: it may hold a Matrix ID or a token.
 * @returns the answer, null where there is no content (204)
 * @throws HomeserverUnavailable for no answer, 429, 5xx and what cannot be read; HomeserverRefused for any other refusal
 */
export async function callJson(url: string, call: Call = {}): Promise<unknown> {
  const text = await callText(url, call);
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new HomeserverUnavailable("the homeserver's answer is not JSON");
  }
}

/** The same for an answer that is a page. */
export async function callText(url: string, call: Call = {}): Promise<string | null> {
  const response = await send(url, call, AbortSignal.timeout(call.timeoutMs ?? 15_000));
  const text = await readText(response, call.maxBytes ?? 1 << 20);
  if (!response.ok) throw refusal(response, text);
  return response.status === 204 ? null : text;
}

/** The request itself, up to the answer's head; shared with the streaming of media. */
export async function send(url: string, call: Call, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { accept: "application/json, */*" };
  if (call.token !== undefined) headers.authorization = `Bearer ${call.token}`;
  if (call.authorization !== undefined) headers.authorization = call.authorization;
  if (call.body !== undefined) headers["content-type"] = "application/json";
  const body = call.form ? new URLSearchParams(call.form) : call.body === undefined ? null : JSON.stringify(call.body);
  try {
    return await (call.fetch ?? fetch)(url, {
      method: call.method ?? "GET",
      headers,
      redirect: "manual",
      signal,
      ...(body === null ? {} : { body }),
    });
  } catch (cause) {
    throw new HomeserverUnavailable("the homeserver does not answer", { cause });
  }
}

/** What a bad status means. A redirect is a refusal: we only talk to the configured address. */
export function refusal(response: Response, text: string): HomeserverRefused | HomeserverUnavailable {
  if (response.status === 429) return new HomeserverUnavailable("the homeserver asks for a pause", { afterSeconds: pause(response, text) });
  if (response.status >= 500) return new HomeserverUnavailable("the homeserver is in trouble", { afterSeconds: pause(response, text) });
  const errcode = /"errcode"\s*:\s*"([A-Z0-9_.]{1,64})"/.exec(text)?.[1];
  return new HomeserverRefused(response.status, errcode ?? "UNKNOWN");
}

const pause = (response: Response, text: string) => pauseOf(response.headers.get("retry-after"), response.headers.get("date"), text);

/** Retry-After in seconds or as a date (measured against the answer's own Date: no clock of ours), or Matrix's older body field. */
export function pauseOf(retryAfter: string | null, date: string | null, text: string): number | null {
  const header = retryAfter?.trim() ?? "";
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const wait = Date.parse(header) - Date.parse(date ?? "");
  if (/[A-Za-z]/.test(header) && Number.isFinite(wait)) return Math.max(0, Math.ceil(wait / 1000));
  const ms = /"retry_after_ms"\s*:\s*(\d{1,12})/.exec(text)?.[1];
  return ms === undefined ? null : Math.ceil(Number(ms) / 1000);
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      // Leaving the loop cancels the rest.
      if (size > maxBytes) throw new HomeserverUnavailable("the homeserver's answer is too long");
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof HomeserverUnavailable) throw cause;
    throw new HomeserverUnavailable("the homeserver broke off", { cause });
  }
  return Buffer.concat(chunks).toString("utf8");
}

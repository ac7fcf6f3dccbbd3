import { z } from "zod";
import { HomeserverRefused, HomeserverUnavailable, type Mxid } from "./homeserver.ts";
import { callJson, type Call } from "./http.ts";
import { localpartOf } from "./mxid.ts";
import { segment } from "./segment.ts";

export interface MasOptions {
  /** Base URL as the worker reaches it, no trailing slash. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now: () => Date;
  readonly timeoutMs?: number;
}

/** The Admin API of the Matrix Authentication Service, spoken to as a client of `policy.data.admin_clients`. */
export interface Mas {
  /** @param path under /api/admin/v1 */
  ask(path: string, call?: Call): Promise<unknown>;
  /** Its id (ULID) of the account. @throws HomeserverRefused 404 when it has none of exactly this name */
  userId(mxid: Mxid): Promise<string>;
}

const tokenShape = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().nullish() });
const userShape = z.object({ data: z.object({ id: z.string().regex(/^[0-9A-Z]{26}$/), attributes: z.object({ username: z.string() }) }) });

/** A token that ends sooner than this is not used any more. */
const spareMs = 10_000;

export function openMas({ url, clientId, clientSecret, now, timeoutMs = 15_000 }: MasOptions): Mas {
  let held: { readonly token: string; readonly until: number } | null = null;

  /** OAuth client credentials (RFC 6749 § 4.4), the client's name and secret form-encoded in a Basic header (§ 2.3.1). */
  async function token(): Promise<string> {
    const moment = now().getTime();
    if (held === null || held.until - spareMs <= moment) {
      const basic = [clientId, clientSecret].map((part) => new URLSearchParams({ part }).toString().slice("part=".length)).join(":");
      const answer = parse(tokenShape, await callJson(`${url}/oauth2/token`, {
        method: "POST",
        timeoutMs,
        authorization: `Basic ${Buffer.from(basic).toString("base64")}`,
        form: { grant_type: "client_credentials", scope: "urn:mas:admin" },
      }));
      held = { token: answer.access_token, until: moment + (answer.expires_in ?? 60) * 1000 };
    }
    return held.token;
  }

  async function ask(path: string, call: Call = {}): Promise<unknown> {
    const used = await token();
    try {
      return await callJson(`${url}/api/admin/v1${path}`, { timeoutMs, ...call, token: used });
    } catch (error) {
      // Revoked, or forgotten with a restart: one new token, then it is a refusal.
      if (!(error instanceof HomeserverRefused) || error.status !== 401) throw error;
      if (held?.token === used) held = null;
      return callJson(`${url}/api/admin/v1${path}`, { timeoutMs, ...call, token: await token() });
    }
  }

  return {
    ask,
    async userId(mxid) {
      const { id, attributes } = parse(userShape, await ask(`/users/by-username/${segment(localpartOf(mxid))}`)).data;
      // Names are compared as bytes here, whatever it folds there.
      if (attributes.username !== localpartOf(mxid)) throw new HomeserverRefused(404, "UNKNOWN");
      return id;
    },
  };
}

export function parse<T>(schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer);
  if (!result.success) throw new HomeserverUnavailable("the Matrix Authentication Service's answer has an unknown shape");
  return result.data;
}

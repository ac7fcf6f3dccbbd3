import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface MasUser {
  readonly id: string;
  readonly username: string;
  locked: boolean;
  deactivated: boolean;
  readonly links: string[];
}

export interface FakeMas {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Method and path of every request, in order. */
  readonly requests: readonly string[];
  readonly users: ReadonlyMap<string, MasUser>;
  /** Deactivations not carried out yet, by username. */
  readonly jobs: readonly string[];
  addUser(username: string, links?: number): MasUser;
  /** A token as a person's client holds it, or an admin of Synapse. */
  addToken(username: string, scope: string, deviceId?: string): string;
  /** Personal sessions that nobody revoked. */
  openSessions(): number;
  endSessions(): void;
  /** Every token of the Admin API is worthless from now on. */
  forgetTokens(): void;
  /** Every request is answered with this status; null: as usual. */
  down(status: number | null): void;
  /** Carries out what is queued: each asks the homeserver to erase. What fails stays queued. */
  runJobs(): Promise<void>;
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}
const refuse = (status: number, title = "no"): Answer => ({ status, body: { errors: [{ title }] } });
const ok = (body: unknown, status = 200): Answer => ({ status, body });

/**
 * The Matrix Authentication Service over HTTP, as far as an erasure needs it: shapes of its Admin API as its source has them, and
 * token introspection, so that a real Synapse can lean on it.
 * @param homeserver its address and the secret both know
 * @param queue "by hand": `runJobs` carries out deactivations; "at once": soon after they are asked for
 */
export async function startMas(homeserver: () => { url: string; secret: string }, queue: "by hand" | "at once" = "by hand"): Promise<FakeMas> {
  const users = new Map<string, MasUser>();
  const adminTokens = new Set<string>();
  const tokens = new Map<string, { username: string; scope: string; deviceId: string | undefined }>();
  const sessions = new Map<string, string>();
  const jobs: string[] = [];
  const requests: string[] = [];
  let made = 0;
  let status: number | null = null;
  const [clientId, clientSecret] = ["01CLIENT0000000000000PORTAL", "secret:of the/client"];
  const next = (prefix: string) => `${prefix}${String((made += 1)).padStart(26 - prefix.length, "0")}`;
  const one = (user: MasUser) => ok({ data: { type: "user", id: user.id, attributes: { username: user.username, locked_at: user.locked ? "2026-01-01T00:00:00Z" : null, deactivated_at: user.deactivated ? "2026-01-01T00:00:00Z" : null } } });

  async function runJobs(): Promise<void> {
    for (const username of jobs.splice(0)) {
      const { url, secret } = homeserver();
      const answer = await fetch(`${url}/_synapse/mas/delete_user`, {
        method: "POST",
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
        body: JSON.stringify({ localpart: username, erase: true }),
      }).catch(() => null);
      if (!answer?.ok) jobs.push(username);
      else for (const [token, { username: of }] of tokens) if (of === username) tokens.delete(token);
      if (!answer?.ok) return;
    }
  }

  function token(request: IncomingMessage, form: URLSearchParams): Answer {
    const basic = Buffer.from((request.headers.authorization ?? "").replace(/^Basic /, ""), "base64").toString().split(":").map((part) => decodeURIComponent(part.replaceAll("+", " ")));
    if (basic[0] !== clientId || basic[1] !== clientSecret) return { status: 401, body: { error: "invalid_client" } };
    if (form.get("grant_type") !== "client_credentials" || form.get("scope") !== "urn:mas:admin") return { status: 400, body: { error: "invalid_request" } };
    const fresh = next("mat_");
    adminTokens.add(fresh);
    return ok({ access_token: fresh, token_type: "Bearer", expires_in: 300, scope: "urn:mas:admin" });
  }

  function introspect(form: URLSearchParams): Answer {
    const sent = form.get("token") ?? "";
    const found = tokens.get(sent);
    const user = users.get(found?.username ?? "");
    // A lock does not end what acts for somebody through a personal session.
    const heard = user && !user.deactivated && (!user.locked || [...sessions.values()].includes(sent));
    return ok(found && heard ? { active: true, username: found.username, scope: found.scope, token_type: "access_token", ...(found.deviceId === undefined ? {} : { device_id: found.deviceId }) } : { active: false });
  }

  function admin(method: string, path: string, query: URLSearchParams, body: Record<string, unknown>): Answer {
    const [kind, id = "", verb] = path.split("/").map(decodeURIComponent);
    if (kind === "users" && id === "") return ok({ data: [] });
    if (kind === "users" && id === "by-username") {
      const user = users.get(verb ?? "");
      return user ? one(user) : refuse(404, "User not found");
    }
    if (kind === "upstream-oauth-links" && method === "GET") {
      const user = [...users.values()].find((each) => each.id === query.get("filter[user]"));
      return user ? ok({ data: user.links.slice(0, 10).map((link) => ({ type: "upstream-oauth-link", id: link })) }) : refuse(404);
    }
    if (kind === "upstream-oauth-links" && method === "DELETE") {
      const user = [...users.values()].find((each) => each.links.includes(id));
      user?.links.splice(user.links.indexOf(id), 1);
      return user ? { status: 204 } : refuse(404);
    }
    if (kind === "personal-sessions" && id === "") {
      const user = [...users.values()].find((each) => each.id === body.actor_user_id);
      if (!user || user.deactivated) return refuse(404, "User not found");
      if (typeof body.human_name !== "string" || typeof body.scope !== "string") return refuse(422);
      const [session, fresh] = [next("01SESSION"), next("mpt_")];
      tokens.set(fresh, { username: user.username, scope: body.scope, deviceId: undefined });
      sessions.set(session, fresh);
      return ok({ data: { type: "personal-session", id: session, attributes: { actor_user_id: user.id, scope: body.scope, access_token: fresh } } }, 201);
    }
    if (kind === "personal-sessions" && verb === "revoke") {
      const held = sessions.get(id);
      if (held === undefined) return refuse(409, "already revoked");
      sessions.delete(id);
      tokens.delete(held);
      return ok({ data: { type: "personal-session", id, attributes: {} } });
    }
    const user = [...users.values()].find((each) => each.id === id);
    if (kind !== "users" || !user) return refuse(404);
    if (verb === "lock") user.locked = true;
    else if (verb === "deactivate" && body.skip_erase === false) {
      user.deactivated = true;
      if (!jobs.includes(user.username)) jobs.push(user.username);
      if (queue === "at once") setImmediate(() => void runJobs());
    } else return refuse(400, "the test expects an erasure");
    return one(user);
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://mas");
    const sent = await text(request);
    requests.push(`${request.method} ${pathname}`);
    if (status !== null) return refuse(status);
    if (pathname === "/oauth2/token") return token(request, new URLSearchParams(sent));
    if (pathname === "/oauth2/introspect") return introspect(new URLSearchParams(sent));
    if (!pathname.startsWith("/api/admin/v1/")) return refuse(404);
    if (!adminTokens.has((request.headers.authorization ?? "").replace(/^Bearer /, ""))) return refuse(401);
    return admin(request.method ?? "", pathname.slice("/api/admin/v1/".length), searchParams, sent === "" ? {} : (JSON.parse(sent) as Record<string, unknown>));
  }

  const server = createServer((request, response) => {
    void answer(request).then(({ status: code, body }) => {
      response.writeHead(code, { "content-type": "application/json" }).end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clientId,
    clientSecret,
    requests,
    users,
    jobs,
    addUser(username, links = 0) {
      const user = { id: next("01USER"), username, locked: false, deactivated: false, links: Array.from({ length: links }, () => next("01LINK")) };
      users.set(username, user);
      return user;
    },
    addToken(username, scope, deviceId) {
      const fresh = next("mct_");
      tokens.set(fresh, { username, scope, deviceId });
      return fresh;
    },
    openSessions: () => sessions.size,
    endSessions: () => sessions.clear(),
    forgetTokens: () => adminTokens.clear(),
    down: (code) => void (status = code),
    runJobs,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import type { Problem } from "./explain.ts";
import type { WorkerEnv } from "./env.ts";

/** What must hold between settings. Each rule stays silent while one of its variables is wrong itself. */
export function relations(env: Partial<WorkerEnv>): Problem[] {
  const problems: Problem[] = [];
  const say = (variable: keyof WorkerEnv, problem: string) => problems.push({ variable, problem });

  for (const name of ["PORTAL_URL", "HOMESERVER_CLIENT_URL"] as const) {
    if (isHttp(env[name]) && !isLocal(env[name])) say(name, "must begin with https:// outside localhost: passwords and sessions go over it");
  }
  if (isHttp(env.HOMESERVER_URL) && !isPrivate(env.HOMESERVER_URL)) {
    say("HOMESERVER_URL", "must begin with https:// outside a private network: the admin token goes over it");
  }
  for (const name of ["OPERATORS", "SECOND_OPERATORS", "AUDITORS"] as const) {
    const foreign = (env[name] ?? []).some((mxid) => env.SERVER_NAME !== undefined && mxid.slice(mxid.indexOf(":") + 1) !== env.SERVER_NAME);
    if (foreign) say(name, "holds a Matrix ID of another server: people of the desk sign in on SERVER_NAME");
  }
  if (env.FORM_SECRET !== undefined && env.MAS_URL !== undefined) {
    say("FORM_SECRET", "is set and MAS_URL too: a homeserver with the Matrix Authentication Service has no user_consent, so there is nothing to record there");
  }
  if (env.DATABASE_URL !== undefined && env.SYNAPSE_DATABASE_URL !== undefined && sameDatabase(env.DATABASE_URL, env.SYNAPSE_DATABASE_URL)) {
    say("DATABASE_URL", "is Synapse's own database: give the portal one of its own");
  }
  const shared = [env.PORTAL_SECRET, ...(env.PACKAGE_KEY ?? []).map((key) => key.toString("base64"))];
  if (env.SIGNING_KEY?.some((key) => shared.includes(key.toString("base64")))) {
    say("SIGNING_KEY", "is also PACKAGE_KEY or PORTAL_SECRET, which the web process holds: give it a key of its own");
  }
  if (env.STORAGE?.startsWith("s3:")) {
    for (const name of ["S3_ENDPOINT", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const) {
      if (env[name] === undefined) say(name, "is not set: STORAGE names a bucket, so the portal must know how to reach it");
    }
  }
  const mas = ["MAS_URL", "MAS_CLIENT_ID", "MAS_CLIENT_SECRET"] as const;
  if (mas.some((name) => env[name] !== undefined)) {
    for (const name of mas.filter((each) => env[each] === undefined)) say(name, "is not set: accounts of the Matrix Authentication Service are deactivated with address, client id and secret");
  }
  if (isHttp(env.MAS_URL) && !isPrivate(env.MAS_URL)) say("MAS_URL", "must begin with https:// outside a private network: an admin's token goes over it");
  return problems;
}

const isHttp = (url: string | undefined): url is string => url?.startsWith("http:") ?? false;

const isLocal = (url: string) => /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

/** Loopback, RFC 1918, or a name without a dot as container networks give them. */
function isPrivate(url: string): boolean {
  const host = new URL(url).hostname;
  return isLocal(url) || !/[.:]/.test(host) || /\.(?:internal|local|lan)$/.test(host)
    || /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(host) || /^\[f[cd]/.test(host);
}

function sameDatabase(a: string, b: string): boolean {
  const key = (url: string) => {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname}:${port || "5432"}${pathname}`;
  };
  return key(a) === key(b);
}

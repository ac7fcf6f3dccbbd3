import { webConfig, type WebConfig } from "#lib/config/config.ts";
import { ConfigError } from "#lib/config/explain.ts";
import type { Actor, WebContext } from "#lib/context.ts";
import type { DoorContext, SignInContext } from "#lib/auth/door-context.ts";
import { createDb } from "#lib/db/client.ts";
import { openQueue } from "#lib/jobs/boss.ts";
import { createLog } from "#lib/log.ts";
import { verifyOpenIdToken } from "#lib/matrix/openid.ts";
import { openStorage } from "#lib/storage/open.ts";

/**
 * Composition root of the web process: configuration → adapters → context. No admin token, no Synapse
 * database and no mail password is ever read here.
 */
interface Web {
  readonly config: WebConfig;
  readonly door: DoorContext;
}

// One per process: the bundler may load this file once for each kind of route.
const place = globalThis as typeof globalThis & { portalWeb?: Promise<Web> };

function web(): Promise<Web> {
  place.portalWeb ??= open().catch((error: unknown) => {
    delete place.portalWeb;
    throw error;
  });
  return place.portalWeb;
}

async function open(): Promise<Web> {
  const config = webConfig(process.env);
  if (config.databaseUrl === null) {
    throw new ConfigError([{ variable: "DATABASE_URL", problem: "is not set in this process: `npm start` sets it for the embedded database" }]);
  }
  const log = createLog("web", config.logLevel);
  const queue = await openQueue(config.databaseUrl, { role: "web", log });
  const door: DoorContext = {
    db: createDb(config.databaseUrl),
    enqueue: queue.enqueue,
    storage: openStorage(config.storage),
    policy: config.policy,
    secret: config.secret,
    formSecret: config.formSecret,
    now: () => new Date(),
    log,
  };
  return { config, door };
}

/** For pages without a signed-in person, and for reading the session itself. */
export async function publicContext(): Promise<DoorContext> {
  return (await web()).door;
}

export async function webContext(actor: Actor): Promise<WebContext> {
  return { ...(await web()).door, actor };
}

export async function signInContext(): Promise<SignInContext> {
  const { config, door } = await web();
  const { url: baseUrl } = config.homeserver;
  const { serverName } = config.policy;
  return { ...door, verifyToken: (token) => verifyOpenIdToken({ baseUrl, serverName, token }) };
}

/** True when the portal can answer: its own database does. */
export async function isAlive(): Promise<boolean> {
  try {
    await (await publicContext()).db.$queryRaw`SELECT 1`;
    return true;
  } catch {
    return false;
  }
}

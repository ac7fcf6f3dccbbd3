import { randomBytes } from "node:crypto";
import { createDb } from "#lib/db/client.ts";
import { kindIds } from "#lib/kinds/kind.ts";
import { json, startFaultyServer } from "#tests/fakes/faulty-server.ts";
import { startSmtp } from "#tests/fakes/smtp.ts";
import { goodWorkerEnv } from "#tests/fixtures/env.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";

const day = 86_400_000;

export interface WaitingPortal {
  /** The worker's environment, but for what the machine gives. */
  readonly env: Readonly<Record<string, string>>;
  readonly requestId: string;
  stop(): Promise<void>;
}

/**
 * All that a worker needs beside Synapse's database: a portal with one approved request, a homeserver that knows the
 * person and has no media, a mail server, a folder for packages.
 * @param portalUrl a migrated database of the portal
 */
export async function waitingPortal(given: { portalUrl: string; synapseUrl: string; serverName: string; subject: string; folder: string }): Promise<WaitingPortal> {
  const { portalUrl, synapseUrl, serverName, subject, folder } = given;
  const [homeserver, smtp] = [await startFaultyServer(), await startSmtp()];
  homeserver.script((request, response) => {
    const path = request.url ?? "";
    const account = { name: subject, displayname: "Heavy", threepids: [], creation_ts: 1 };
    const answer = path.includes("/whoami") ? { user_id: `@admin:${serverName}` } : path.includes("/server_version") ? { server_version: "1.163.2" } : path.includes("/users/") ? account : { event_id: "$notice" };
    json(200, answer)(request, response);
  });
  const db = createDb(portalUrl);
  const now = Date.now();
  const { personId } = await makePerson(db, { mxid: subject, at: new Date(now) });
  const dates = { receivedAt: new Date(now), confirmedAt: new Date(now), dueOn: new Date(now + 30 * day), dueAt: new Date(now + 30 * day), wakeAt: new Date(now + 20 * day) };
  const { id: requestId } = await makeRequest(db, personId, { state: "running", ...dates, scope: { kinds: [...kindIds], from: null, to: null, mediaFiles: true } });
  await db.$disconnect();
  return {
    requestId,
    env: {
      ...goodWorkerEnv, DATABASE_URL: portalUrl, SYNAPSE_DATABASE_URL: synapseUrl, HOMESERVER_URL: homeserver.url, SMTP_URL: smtp.url, SERVER_NAME: serverName, OPERATORS: `@officer:${serverName}`,
      DATA_DIR: folder, PACKAGE_KEY: randomBytes(32).toString("base64"), LOG_LEVEL: "error",
    },
    async stop() {
      await Promise.all([homeserver.stop(), smtp.stop()]);
    },
  };
}

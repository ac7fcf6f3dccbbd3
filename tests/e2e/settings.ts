import { randomBytes } from "node:crypto";
import path from "node:path";
import { policiesFolder } from "#tests/fixtures/policies.ts";
import { formSecret } from "#tests/harness/synapse-config.ts";

export const serverName = "garden.example";

interface Places {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly portalUrl: string;
  readonly homeserverUrl: string;
  readonly adminToken: string;
  readonly synapseDatabaseUrl: string;
  readonly smtpUrl: string;
}

/** Environment of the two processes. The web process gets none of the worker's secrets. */
export function settings(places: Places): { web: Record<string, string> & { PORTAL_SECRET: string }; worker: Record<string, string> } {
  const web = {
    DATABASE_URL: places.databaseUrl,
    DATA_DIR: path.join(places.folder, "data"),
    PORTAL_URL: places.portalUrl,
    PORTAL_SECRET: randomBytes(32).toString("base64"),
    PACKAGE_KEY: randomBytes(32).toString("base64"),
    SERVER_NAME: serverName,
    HOMESERVER_URL: places.homeserverUrl,
    HOMESERVER_CLIENT_URL: places.homeserverUrl,
    TIME_ZONE: "Europe/Berlin",
    HOLIDAYS: "DE",
    CONTROLLER_NAME: "Garden Society e.V.",
    CONTROLLER_ADDRESS: "Beetweg 1, 10115 Berlin",
    DPO_MAIL: "privacy@garden.example",
    AUTHORITY_NAME: "Commissioner for Data Protection",
    AUTHORITY_URL: "https://authority.example",
    OPERATORS: `@frida:${serverName},@keeper:${serverName}`,
    SECOND_OPERATORS: `@second:${serverName}`,
    PUBLIC_STATISTICS: "true",
    AUDITORS: `@auditor:${serverName}`,
    POLICIES: policiesFolder,
    FORM_SECRET: formSecret,
    LOG_LEVEL: "debug",
  };
  const own = { HOMESERVER_ADMIN_TOKEN: places.adminToken, SYNAPSE_DATABASE_URL: places.synapseDatabaseUrl, SMTP_URL: places.smtpUrl, MAIL_FROM: "Privacy portal <privacy@garden.example>", SIGNING_KEY: randomBytes(32).toString("base64") };
  return { web, worker: { ...web, ...own } };
}

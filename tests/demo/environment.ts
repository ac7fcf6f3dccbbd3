import path from "node:path";
import { policiesFolder } from "#tests/fixtures/policies.ts";
import { formSecret } from "#tests/harness/synapse-config.ts";
import type { DemoOptions } from "./options.ts";
import type { Secrets } from "./secrets.ts";
import { serverName } from "./town.ts";

interface Places {
  readonly folder: string;
  readonly ports: DemoOptions["ports"];
  readonly databaseUrl: string;
  /** Of Synapse's database, as superuser; the worker gets the restricted role. */
  readonly synapseDatabaseUrl: string;
  readonly secrets: Secrets;
  readonly adminToken: string;
}

export const reader = "privacy_portal";

/** The settings of the portal's two processes. The web process gets none of the worker's secrets. */
export function environment({ folder, ports, databaseUrl, synapseDatabaseUrl, secrets, adminToken }: Places): { web: Record<string, string>; worker: Record<string, string> } {
  const readerUrl = new URL(synapseDatabaseUrl);
  readerUrl.username = reader;
  readerUrl.password = secrets.readerPassword;
  const web = {
    DATABASE_URL: databaseUrl,
    DATA_DIR: path.join(folder, "portal"),
    PORTAL_URL: `http://localhost:${ports.portal}`,
    PORTAL_SECRET: secrets.portalSecret,
    PACKAGE_KEY: secrets.packageKey,
    SERVER_NAME: serverName,
    HOMESERVER_URL: `http://127.0.0.1:${ports.homeserver}`,
    HOMESERVER_CLIENT_URL: `http://localhost:${ports.homeserver}`,
    TIME_ZONE: "Europe/Stockholm",
    HOLIDAYS: "SE",
    CONTROLLER_NAME: "Elderflower Lane Garden Society",
    CONTROLLER_ADDRESS: "Fläderstigen 14, 116 20 Stockholm, Sweden",
    DPO_MAIL: `privacy@${serverName}`,
    AUTHORITY_NAME: "Integritetsskyddsmyndigheten (IMY)",
    AUTHORITY_URL: "https://www.imy.se",
    // Two, since an erasure that cannot be mended needs both.
    OPERATORS: `@frida:${serverName},@ben:${serverName}`,
    POLICIES: policiesFolder,
    FORM_SECRET: formSecret,
    LOG_LEVEL: "info",
    // A .env of the developer's must not leak into the demo: what is empty counts as unset.
    STORAGE: "",
    AUTO_APPROVE_EXPORTS: "",
  };
  const own = {
    HOMESERVER_ADMIN_TOKEN: adminToken,
    SYNAPSE_DATABASE_URL: readerUrl.href,
    SIGNING_KEY: secrets.signingKey,
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    MAIL_FROM: `Elderflower Lane privacy portal <privacy@${serverName}>`,
  };
  return { web, worker: { ...web, ...own } };
}

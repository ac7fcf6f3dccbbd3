import { z } from "zod";
import { languageTags } from "#lib/messages/languages.ts";
import * as read from "./read.ts";

/**
 * Every environment variable of the portal: its name, how it is read, what to do when it is wrong.
 * An empty value counts as unset. The worker reads both lists; the web process must never see the second.
 */
export const sharedEnv = {
  DATABASE_URL: read.postgresUrl("the portal's own database").optional(),
  DATA_DIR: read.text("name a folder the portal may write to").default(".data"),
  PORTAL_URL: read.origin("the address people use, like https://privacy.example.org"),
  PORTAL_SECRET: read.secret(),
  SERVER_NAME: read.serverName(),
  HOMESERVER_URL: read.webUrl("the homeserver as this machine reaches it, like http://synapse:8008"),
  HOMESERVER_CLIENT_URL: read.webUrl("the homeserver as browsers reach it, like https://matrix.example.org").optional(),
  PORTAL_LANGUAGE: z.enum(languageTags, { error: `is one of ${languageTags.join(", ")}` }).default("en"),
  TIME_ZONE: read.timeZone().default("UTC"),
  HOLIDAYS: read.holidays(),
  CONTROLLER_NAME: read.text("name who is responsible for the data (Art. 13(1)(a) GDPR)"),
  CONTROLLER_ADDRESS: read.text("give the postal address of the controller; it stands under every letter"),
  DPO_MAIL: read.mail("the data-protection officer's mail address"),
  AUTHORITY_NAME: read.text("name the supervisory authority; every refusal must (Art. 12(4) GDPR)"),
  AUTHORITY_URL: read.webUrl("the supervisory authority's page for complaints"),
  OPERATORS: read.operators(),
  SECOND_OPERATORS: read.mxids(),
  AUDITORS: read.mxids(),
  SYNAPSE_ADMINS: z.enum(["none", "auditor", "operator"], { error: "is one of none, auditor, operator" }).default("none"),
  JURISDICTION: z.enum(["EU", "UK"], { error: "is EU or UK" }).default("EU"),
  CLARIFICATION_PAUSES: read.flag().default(false),
  POLICIES: read.folder().optional(),
  FORM_SECRET: read.text("give the homeserver's form_secret").optional(),
  DPO_MATRIX_ID: read.mxid().optional(),
  PUBLIC_STATISTICS: read.flag().default(false),
  AUTO_APPROVE_EXPORTS: read.flag().default(false),
  PACKAGE_DAYS: read.days(1, 30).default(7),
  RETENTION_DAYS: read.days(30, 3650).default(1095),
  GRACE_DAYS: read.days(0, 90).default(30),
  REDACTION_ALLOWED_PERIOD: read.period("Synapse's redaction_allowed_period").optional(),
  PURGE_EMPTY_ROOMS: read.flag().default(true),
  PACKAGE_KEY: read.keys32(),
  STORAGE: read.storage().optional(),
  S3_ENDPOINT: read.webUrl("the S3 service, like https://s3.example.org").optional(),
  S3_REGION: read.text("name the region of the bucket").default("us-east-1"),
  S3_ACCESS_KEY_ID: read.text("give the access key of the bucket").optional(),
  S3_SECRET_ACCESS_KEY: read.text("give the secret key of the bucket").optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], { error: "is one of fatal, error, warn, info, debug, trace, silent" }).default("info"),
} as const;

export const workerEnv = {
  HOMESERVER_ADMIN_TOKEN: read.text("give the access token of a server admin of the homeserver"),
  SYNAPSE_DATABASE_URL: read.postgresUrl("Synapse's database, with the read-only role"),
  SMTP_URL: read.smtpUrl(),
  MAIL_FROM: read.sender(),
  SIGNING_KEY: read.keys32(),
  MEDIA_STORE: read.folder().optional(),
  MAS_URL: read.webUrl("the Matrix Authentication Service as this machine reaches it").optional(),
  MAS_CLIENT_ID: read.text("give the client id of policy.data.admin_clients").optional(),
  MAS_CLIENT_SECRET: read.text("give the secret of that client").optional(),
  APPSERVICES: read.files().optional(),
  HOMESERVER_SIGNING_KEY: read.file().optional(),
} as const;

/** Names the web process must not hold: with them a page could do what only the worker may. */
export const workerOnly = Object.keys(workerEnv) as readonly (keyof typeof workerEnv)[];

const web = z.object(sharedEnv);
const worker = z.object({ ...sharedEnv, ...workerEnv });
export type WebEnv = z.output<typeof web>;
export type WorkerEnv = z.output<typeof worker>;
export const webSchema = web;
export const workerSchema = worker;

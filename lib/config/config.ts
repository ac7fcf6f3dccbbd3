import path from "node:path";
import type { z } from "zod";
import { sharedEnv, webSchema, workerEnv, workerOnly, workerSchema, type WebEnv, type WorkerEnv } from "./env.ts";
import { ConfigError, type Problem } from "./explain.ts";
import type { Policy } from "./policy.ts";
import { relations } from "./relations.ts";

/** The process environment, or what a test makes of it. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where sealed packages lie. */
export type StoragePlace =
  | { readonly type: "disk"; readonly folder: string }
  | { readonly type: "s3"; readonly endpoint: string; readonly bucket: string; readonly region: string; readonly accessKeyId: string; readonly secretAccessKey: string };

export interface WebConfig {
  /** null: the embedded database under `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly secret: string;
  /** `clientUrl` is what the browser uses; null: discovered from the server name. */
  readonly homeserver: { readonly url: string; readonly clientUrl: string | null };
  readonly storage: { readonly place: StoragePlace; readonly key: readonly Buffer[] };
  readonly policy: Policy;
  readonly logLevel: string;
  /** The homeserver's `form_secret`: consent links are checked with it. null: the homeserver asks for no consent, or not through us. */
  readonly formSecret: string | null;
}

export interface WorkerConfig extends WebConfig {
  readonly homeserver: WebConfig["homeserver"] & { readonly token: string; readonly mediaStore: string | null };
  readonly synapseDatabaseUrl: string;
  readonly mail: { readonly url: string; readonly from: string };
  /** Seeds of Ed25519 keys, newest first. */
  readonly signingKeys: readonly Buffer[];
  /** Set where accounts are the Matrix Authentication Service's; null: Synapse's own. */
  readonly mas: { readonly url: string; readonly clientId: string; readonly clientSecret: string } | null;
  /** Registration files of application services that are told of an erasure. */
  readonly appservices: readonly string[];
  /** The homeserver's signing key file: with it other homeservers are told in its name. */
  readonly homeserverSigningKey: string | null;
}

/** @throws ConfigError naming every variable that is missing or wrong */
export function webConfig(env: Env): WebConfig {
  const held = workerOnly.filter((name) => env[name]).map((variable) => ({ variable, problem: "must not reach the web process: `npm start` keeps it away" }));
  if (held.length > 0) throw new ConfigError(held);
  return sections(parse(webSchema, sharedEnv, env));
}

/** @throws ConfigError naming every variable that is missing or wrong */
export function workerConfig(env: Env): WorkerConfig {
  const values = parse(workerSchema, { ...sharedEnv, ...workerEnv }, env);
  const web = sections(values);
  return {
    ...web,
    homeserver: { ...web.homeserver, token: values.HOMESERVER_ADMIN_TOKEN, mediaStore: values.MEDIA_STORE ?? null },
    synapseDatabaseUrl: values.SYNAPSE_DATABASE_URL,
    mail: { url: values.SMTP_URL, from: values.MAIL_FROM },
    signingKeys: values.SIGNING_KEY,
    mas: mas(values),
    appservices: values.APPSERVICES ?? [],
    homeserverSigningKey: values.HOMESERVER_SIGNING_KEY ?? null,
  };
}

function parse<S extends z.ZodType<WebEnv>>(schema: S, fields: Readonly<Record<string, z.ZodType>>, env: Env): z.output<S> {
  const given = Object.fromEntries(Object.keys(fields).map((name) => [name, env[name] === "" ? undefined : env[name]]));
  const result = schema.safeParse(given);
  const own: Problem[] = result.success ? [] : result.error.issues.map((issue) => ({ variable: String(issue.path[0]), problem: issue.message }));
  const wrong = new Set(own.map((problem) => problem.variable));
  // Relations are looked at even when something else is wrong, so that all is said at once.
  const right = Object.entries(fields).filter(([name]) => !wrong.has(name)).map(([name, field]) => [name, field.parse(given[name])]);
  const problems = [...own, ...relations(Object.fromEntries(right) as Partial<WorkerEnv>)];
  if (!result.success || problems.length > 0) throw new ConfigError(problems);
  return result.data;
}

function sections(env: WebEnv): WebConfig {
  const dataDir = path.resolve(env.DATA_DIR);
  return {
    databaseUrl: env.DATABASE_URL ?? null,
    dataDir,
    secret: env.PORTAL_SECRET,
    homeserver: { url: env.HOMESERVER_URL, clientUrl: env.HOMESERVER_CLIENT_URL ?? null },
    storage: { place: place(env, dataDir), key: env.PACKAGE_KEY },
    policy: policy(env),
    logLevel: env.LOG_LEVEL,
    formSecret: env.FORM_SECRET ?? null,
  };
}

function place(env: WebEnv, dataDir: string): StoragePlace {
  if (!env.STORAGE?.startsWith("s3:")) return { type: "disk", folder: path.resolve(/* turbopackIgnore: true */ env.STORAGE ?? path.join(dataDir, "packages")) };
  return {
    type: "s3",
    bucket: env.STORAGE.slice("s3:".length),
    region: env.S3_REGION,
    endpoint: env.S3_ENDPOINT ?? "",
    accessKeyId: env.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? "",
  };
}

function mas({ MAS_URL: url, MAS_CLIENT_ID: clientId, MAS_CLIENT_SECRET: clientSecret }: WorkerEnv): WorkerConfig["mas"] {
  return url === undefined || clientId === undefined || clientSecret === undefined ? null : { url, clientId, clientSecret };
}

function policy(env: WebEnv): Policy {
  return {
    serverName: env.SERVER_NAME,
    portalUrl: env.PORTAL_URL,
    language: env.PORTAL_LANGUAGE,
    timeZone: env.TIME_ZONE,
    holidays: env.HOLIDAYS,
    controller: { name: env.CONTROLLER_NAME, address: env.CONTROLLER_ADDRESS },
    dpoMail: env.DPO_MAIL,
    authority: { name: env.AUTHORITY_NAME, url: env.AUTHORITY_URL },
    operators: env.OPERATORS,
    secondOperators: env.SECOND_OPERATORS,
    auditors: env.AUDITORS,
    synapseAdmins: env.SYNAPSE_ADMINS,
    jurisdiction: env.JURISDICTION,
    clarificationPauses: env.CLARIFICATION_PAUSES,
    policies: env.POLICIES ?? null,
    dpoMatrixId: env.DPO_MATRIX_ID ?? null,
    publicStatistics: env.PUBLIC_STATISTICS,
    autoApproveExports: env.AUTO_APPROVE_EXPORTS,
    packageDays: env.PACKAGE_DAYS,
    retentionDays: env.RETENTION_DAYS,
    graceDays: env.GRACE_DAYS,
    redactionAllowedMs: env.REDACTION_ALLOWED_PERIOD ?? null,
    purgeEmptyRooms: env.PURGE_EMPTY_ROOMS,
  };
}

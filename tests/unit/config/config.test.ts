import { describe, expect, it } from "vitest";
import { webConfig, workerConfig, type Env } from "#lib/config/config.ts";
import { ConfigError } from "#lib/config/explain.ts";
import { goodWebEnv, goodWorkerEnv } from "#tests/fixtures/env.ts";

const problemsOf = (read: (env: Env) => unknown, env: Env) => {
  try {
    read(env);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems;
  }
};
const wrong = (env: Env) => problemsOf(workerConfig, { ...goodWorkerEnv, ...env }).map((problem) => problem.variable);

describe("configuration", () => {
  it("gives typed sections and defaults", () => {
    const config = workerConfig(goodWorkerEnv);
    expect(config.policy).toMatchObject({ serverName: "example.org", packageDays: 7, retentionDays: 1095, autoApproveExports: false, timeZone: "UTC", operators: ["@privacy:example.org"] });
    expect(config.databaseUrl).toBeNull();
    expect(config.storage.place).toEqual({ type: "disk", folder: `${config.dataDir}/packages` });
    expect(config.storage.key.map((key) => key.length)).toEqual([32]);
    expect(config.signingKeys.map((key) => key.length)).toEqual([32]);
    expect(config.homeserver).toEqual({ url: "http://synapse:8008", clientUrl: null, token: "token", mediaStore: null });
  });

  it("takes an empty value for an unset one", () => {
    expect(webConfig({ ...goodWebEnv, DATABASE_URL: "", HOMESERVER_CLIENT_URL: "", LOG_LEVEL: "" })).toMatchObject({ databaseUrl: null, logLevel: "info" });
  });

  it("says everything that is wrong at once, relations included", () => {
    const problems = problemsOf(workerConfig, { ...goodWorkerEnv, PORTAL_SECRET: undefined, HOLIDAYS: "XX", PORTAL_URL: "http://privacy.example.org", OPERATORS: "@a:elsewhere.org" });
    expect(problems.map((problem) => problem.variable).sort()).toEqual(["HOLIDAYS", "OPERATORS", "PORTAL_SECRET", "PORTAL_URL"]);
  });

  it("never repeats a value in a message", () => {
    const canary = "c4n4ry";
    const env = Object.fromEntries(Object.keys(goodWorkerEnv).map((name) => [name, `${canary} ${name}`]));
    expect(() => workerConfig(env)).toThrow(ConfigError);
    expect(problemsOf(workerConfig, env).map((problem) => problem.problem).join()).not.toContain(canary);
  });

  it.each<[string, Env]>([
    ["PORTAL_URL", { PORTAL_URL: "https://example.org/privacy" }],
    ["PORTAL_URL", { PORTAL_URL: "http://privacy.example.org" }],
    ["PORTAL_URL", { PORTAL_URL: "javascript:alert(1)" }],
    ["PORTAL_SECRET", { PORTAL_SECRET: "short" }],
    ["SERVER_NAME", { SERVER_NAME: "https://example.org" }],
    ["HOMESERVER_URL", { HOMESERVER_URL: "http://matrix.example.org" }],
    ["HOMESERVER_URL", { HOMESERVER_URL: "http://admin:pass@synapse" }],
    ["HOMESERVER_CLIENT_URL", { HOMESERVER_CLIENT_URL: "http://matrix.example.org" }],
    ["TIME_ZONE", { TIME_ZONE: "Europe/Atlantis" }],
    ["TIME_ZONE", { TIME_ZONE: "+01:00" }],
    ["HOLIDAYS", { HOLIDAYS: "DE/ZZ" }],
    ["DPO_MAIL", { DPO_MAIL: "a@example.org, b@example.org" }],
    ["OPERATORS", { OPERATORS: " , " }],
    ["OPERATORS", { OPERATORS: "privacy" }],
    ["AUTO_APPROVE_EXPORTS", { AUTO_APPROVE_EXPORTS: "yes" }],
    ["PACKAGE_DAYS", { PACKAGE_DAYS: "31" }],
    ["RETENTION_DAYS", { RETENTION_DAYS: "1" }],
    ["PACKAGE_KEY", { PACKAGE_KEY: Buffer.alloc(31).toString("base64") }],
    ["PACKAGE_KEY", { PACKAGE_KEY: `${Buffer.alloc(32).toString("base64")},x` }],
    ["DATABASE_URL", { DATABASE_URL: "mysql://db/portal" }],
    ["DATABASE_URL", { DATABASE_URL: "postgres://a@db/synapse" }],
    ["SYNAPSE_DATABASE_URL", { SYNAPSE_DATABASE_URL: "sqlite.db" }],
    ["SMTP_URL", { SMTP_URL: "http://mail" }],
    ["MAIL_FROM", { MAIL_FROM: "Portal" }],
    ["MEDIA_STORE", { MEDIA_STORE: "media" }],
    ["SIGNING_KEY", { SIGNING_KEY: undefined }],
    ["SIGNING_KEY", { SIGNING_KEY: "short" }],
    ["SIGNING_KEY", { SIGNING_KEY: goodWorkerEnv.PACKAGE_KEY }],
    ["SIGNING_KEY", { SIGNING_KEY: `${goodWorkerEnv.SIGNING_KEY},${goodWorkerEnv.PACKAGE_KEY}` }],
    ["SIGNING_KEY", { PORTAL_SECRET: goodWorkerEnv.SIGNING_KEY }],
    ["MAS_CLIENT_SECRET", { MAS_URL: "http://mas:8080", MAS_CLIENT_ID: "a" }],
    ["MAS_URL", { MAS_CLIENT_ID: "a", MAS_CLIENT_SECRET: "b" }],
    ["MAS_URL", { MAS_URL: "http://auth.example.org", MAS_CLIENT_ID: "a", MAS_CLIENT_SECRET: "b" }],
    ["APPSERVICES", { APPSERVICES: "/etc/bridge.yaml,bot.yaml" }],
    ["APPSERVICES", { APPSERVICES: " , " }],
    ["HOMESERVER_SIGNING_KEY", { HOMESERVER_SIGNING_KEY: "signing.key" }],
    ["GRACE_DAYS", { GRACE_DAYS: "91" }],
    ["REDACTION_ALLOWED_PERIOD", { REDACTION_ALLOWED_PERIOD: "a week" }],
    ["PURGE_EMPTY_ROOMS", { PURGE_EMPTY_ROOMS: "no" }],
    ["LOG_LEVEL", { LOG_LEVEL: "loud" }],
    ["STORAGE", { STORAGE: "s3:" }],
    ["S3_ENDPOINT", { STORAGE: "s3:packages", S3_ACCESS_KEY_ID: "a", S3_SECRET_ACCESS_KEY: "b" }],
  ])("names %s for %o", (variable, env) => {
    expect(wrong(env)).toEqual([variable]);
  });

  it.each<[string, Env]>([
    ["localhost without https", { PORTAL_URL: "http://localhost:3000", HOMESERVER_CLIENT_URL: "http://127.0.0.1:8008" }],
    ["a private homeserver without https", { HOMESERVER_URL: "http://10.0.0.5:8008" }],
    ["a server name with a port", { SERVER_NAME: "localhost:8448", OPERATORS: "@privacy:localhost:8448" }],
    ["regional holidays", { HOLIDAYS: "GB/ENG" }],
    ["a bucket", { STORAGE: "s3:packages", S3_ENDPOINT: "http://127.0.0.1:9000", S3_ACCESS_KEY_ID: "a", S3_SECRET_ACCESS_KEY: "b" }],
    ["two keys while one is replaced", { PACKAGE_KEY: `${Buffer.alloc(32, 1).toString("base64")},${Buffer.alloc(32, 2).toString("base64")}` }],
    ["the Matrix Authentication Service in a private network", { MAS_URL: "http://mas:8080", MAS_CLIENT_ID: "a", MAS_CLIENT_SECRET: "b" }],
    ["files of who is told of an erasure", { APPSERVICES: "/etc/bridge.yaml, /etc/bot.yaml", HOMESERVER_SIGNING_KEY: "/etc/signing.key" }],
    ["how an erasure goes", { GRACE_DAYS: "0", REDACTION_ALLOWED_PERIOD: "7d", PURGE_EMPTY_ROOMS: "false" }],
    ["a named sender", { MAIL_FROM: "Privacy portal <privacy@example.org>" }],
  ])("takes %s", (_what, env) => {
    expect(wrong(env)).toEqual([]);
  });

  it("keeps what only the worker may hold out of the web process", () => {
    expect(problemsOf(webConfig, goodWorkerEnv).map((problem) => problem.variable)).toEqual(["HOMESERVER_ADMIN_TOKEN", "SYNAPSE_DATABASE_URL", "SMTP_URL", "MAIL_FROM", "SIGNING_KEY"]);
    expect(problemsOf(webConfig, goodWebEnv)).toEqual([]);
  });
});

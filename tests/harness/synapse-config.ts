import { createHash } from "node:crypto";
import path from "node:path";

export interface SynapseConfigInput {
  readonly serverName: string;
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly ports: { readonly client: number; readonly federation?: number };
  readonly smtp?: { readonly host: string; readonly port: number; readonly from?: string };
  readonly oidc?: readonly Readonly<Record<string, unknown>>[];
  /** `unblocked`: it keeps consents, and blocks nobody who has not given theirs. */
  readonly consent?: boolean | "unblocked";
}

/** The test secrets are the same everywhere, so that a seeded database can be started again. */
export const registrationSecret = "registration-for-tests-only";

/** Signs consent links. */
export const formSecret = "form-for-tests-only";

const generous = { per_second: 100_000, burst_count: 100_000 };

/** Every limit lifted: a test that means to meet one sets it itself. */
const limits = {
  ...Object.fromEntries(
    ["message", "registration", "registration_token_validity", "admin_redaction", "key_requests", "reports", "media_create", "room_creation", "3pid_validation", "joins_per_room", "delayed_event_mgmt", "profile"].map(
      (name) => [`rc_${name}`, generous],
    ),
  ),
  rc_presence: { per_user: generous },
  rc_login: { address: generous, account: generous, failed_attempts: generous },
  rc_joins: { local: generous, remote: generous },
  rc_invites: { per_room: generous, per_user: generous, per_issuer: generous },
  rc_federation: { window_size: 1000, sleep_limit: 10_000, sleep_delay: 1, reject_limit: 10_000, concurrent: 100 },
};

/** homeserver.yaml as an object; JSON is YAML. */
export function synapseConfig(input: SynapseConfigInput): Record<string, unknown> {
  const at = (name: string) => path.join(input.dataDir, name);
  const { client, federation } = input.ports;
  const database = new URL(input.databaseUrl);
  const listener = (port: number, tls: boolean, names: string[]) => ({ port, tls, type: "http", bind_addresses: ["127.0.0.1"], x_forwarded: false, resources: [{ names }] });
  return {
    server_name: input.serverName,
    public_baseurl: `http://127.0.0.1:${client}/`,
    report_stats: false,
    pid_file: at("synapse.pid"),
    listeners: [
      listener(client, false, ["client", "federation", "openid", "media", "keys", ...(input.consent ? ["consent"] : [])]),
      ...(federation ? [listener(federation, true, ["federation", "keys", "media", "openid"])] : []),
    ],
    ...(federation ? { tls_certificate_path: at("tls.crt"), tls_private_key_path: at("tls.key") } : {}),
    // Otherwise two homeservers on one machine refuse each other.
    federation_verify_certificates: false,
    ip_range_blacklist: [],
    federation_ip_range_blacklist: [],
    trusted_key_servers: [],
    suppress_key_server_warning: true,
    database: {
      name: "psycopg2",
      args: { user: database.username, password: decodeURIComponent(database.password), dbname: database.pathname.slice(1), host: database.hostname, port: Number(database.port || 5432), cp_min: 2, cp_max: 10 },
    },
    log_config: at("log.yaml"),
    media_store_path: at("media"),
    signing_key_path: at("signing.key"),
    registration_shared_secret: registrationSecret,
    macaroon_secret_key: "macaroon-for-tests-only",
    form_secret: formSecret,
    bcrypt_rounds: 4,
    server_notices: { system_mxid_localpart: "notices", system_mxid_display_name: "Server notices", room_name: "Server notices", auto_join: true },
    max_event_delay_duration: "24h",
    // A new homeserver has some, and rests a second after each tenth of one: for the sake of users that there are none of yet.
    background_updates: { sleep_enabled: false },
    ...limits,
    ...(input.smtp ? { email: { smtp_host: input.smtp.host, smtp_port: input.smtp.port, enable_tls: false, force_tls: false, notif_from: input.smtp.from ?? "Homeserver <homeserver@mail.example>" } } : {}),
    ...(input.oidc ? { oidc_providers: input.oidc } : {}),
    ...(input.consent ? { user_consent: { template_dir: at("consent"), version: input.consent === "unblocked" ? "2.0" : "1.0", require_at_registration: false, policy_name: "Privacy policy", ...(input.consent === "unblocked" ? {} : { block_events_error: "Read the policy first: %(consent_uri)s" }) } } : {}),
  };
}

/** The same server name has the same key on every start. */
export function signingKey(serverName: string): string {
  return `ed25519 a_test ${createHash("sha256").update(`signing ${serverName}`).digest("base64").replace(/=+$/, "")}\n`;
}

export function logConfig(dataDir: string): Record<string, unknown> {
  return {
    version: 1,
    disable_existing_loggers: false,
    formatters: { line: { format: "%(asctime)s %(levelname)s %(name)s: %(message)s" } },
    handlers: { file: { class: "logging.FileHandler", filename: path.join(dataDir, "homeserver.log"), formatter: "line" } },
    root: { level: "INFO", handlers: ["file"] },
  };
}

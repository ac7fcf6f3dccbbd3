import { parseArgs } from "node:util";

export interface DemoOptions {
  readonly ports: { readonly portal: number; readonly homeserver: number; readonly mail: number; readonly smtp: number };
  /** Forget everything of earlier demos first. */
  readonly fresh: boolean;
}

/** What is told to the person in front of the terminal: one sentence, no stack. */
export class DemoStop extends Error {}

const services = { portal: 3000, homeserver: 8008, mail: 8025, smtp: 8026 } as const;
type Service = keyof typeof services;

const usage = `npm run demo -- [options]

  --portal-port N      where the portal answers       (3000, or DEMO_PORTAL_PORT)
  --homeserver-port N  where the homeserver answers   (8008, or DEMO_HOMESERVER_PORT)
  --mail-port N        where the mail can be read     (8025, or DEMO_MAIL_PORT)
  --smtp-port N        where the mail is handed in    (8026, or DEMO_SMTP_PORT)
  --fresh              forget everything and start from nothing
`;

/** @throws DemoStop on a wrong option; with the usage on --help */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): DemoOptions {
  const values = read(args);
  if (values["help"]) throw new DemoStop(usage);
  const port = (service: Service): number => {
    const given = values[`${service}-port`] ?? env[`DEMO_${service.toUpperCase()}_PORT`] ?? String(services[service]);
    const value = Number(given);
    if (!Number.isInteger(value) || value < 1 || value > 65535) throw new DemoStop(`--${service}-port must be a number from 1 to 65535, not "${String(given)}".`);
    return value;
  };
  const ports = { portal: port("portal"), homeserver: port("homeserver"), mail: port("mail"), smtp: port("smtp") };
  if (new Set(Object.values(ports)).size < 4) throw new DemoStop("Each part of the demo needs a port of its own: choose four different ones.");
  return { ports, fresh: values["fresh"] === true };
}

function read(args: readonly string[]): Readonly<Record<string, string | boolean | undefined>> {
  const named = Object.fromEntries(Object.keys(services).map((service) => [`${service}-port`, { type: "string" as const }]));
  try {
    return parseArgs({ args: [...args], options: { ...named, fresh: { type: "boolean" }, help: { type: "boolean", short: "h" } } }).values;
  } catch (error) {
    throw new DemoStop(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

import type { CastName, Person, World } from "#tests/world/world.ts";

/** What the tests know of the running stack; goes from the global setup to them through the environment. */
export interface StackFacts {
  readonly portalUrl: string;
  readonly serverName: string;
  readonly homeserverUrl: string;
  readonly oidcIssuer: string;
  readonly databaseUrl: string;
  /** As superuser, for independent counts. */
  readonly synapseDatabaseUrl: string;
  /** Every request that reached the portal's address, one JSON document a line (recorder.ts `Recorded`). */
  readonly requestsFile: string;
  readonly webLog: string;
  readonly workerLog: string;
  /** One .eml file a letter. */
  readonly mailFolder: string;
  readonly packagesFolder: string;
  /** PORTAL_SECRET of this run, to make the keys that letters carry. */
  readonly portalSecret: string;
  /** The build that runs, with Next's manifests. */
  readonly buildFolder: string;
  readonly people: Readonly<Record<CastName, Omit<Person, "client">>>;
  readonly keeper: World["keeper"];
  /** People of the desk who may not decide. */
  readonly staff: Readonly<Record<"second" | "auditor", { readonly mxid: string; readonly password: string }>>;
  readonly world: Pick<World, "oddities" | "rooms" | "landmarks" | "files" | "canaries">;
}

export function stack(): StackFacts {
  const text = process.env["E2E_STACK"];
  if (!text) throw new Error("The stack does not run: browser tests are started with `playwright test`.");
  return JSON.parse(text) as StackFacts;
}

import type { WorkerConfig } from "#lib/config/config.ts";
import { ConfigError } from "#lib/config/explain.ts";
import type { WorkerContext } from "#lib/context.ts";
import { readAppservices, type Appservice } from "#lib/matrix/appservices.ts";
import { openMasEraser } from "#lib/matrix/eraser-mas.ts";
import { openEraser } from "#lib/matrix/eraser-synapse.ts";
import { readFederationKey, type FederationKey } from "#lib/matrix/federation-key.ts";
import { openMas } from "#lib/matrix/mas.ts";
import { openSafeFetch } from "#lib/matrix/safe-fetch.ts";
import { openTeller } from "#lib/matrix/teller-http.ts";

/**
 * What erases accounts and tells others of it. Files that are named are read now: somebody who should have been told must not be
 * left out later, unseen.
 * @throws ConfigError
 */
export function openErasingPorts(config: WorkerConfig, now: () => Date): Pick<WorkerContext, "eraser" | "teller"> {
  const synapse = openEraser({ url: config.homeserver.url, token: config.homeserver.token, now });
  return {
    eraser: config.mas === null ? synapse : openMasEraser(openMas({ ...config.mas, now }), synapse, now),
    teller: openTeller({
      serverName: config.policy.serverName,
      appservices: appservices(config),
      key: federationKey(config),
      fetch: openSafeFetch(),
    }),
  };
}

function appservices({ appservices: files }: WorkerConfig): Appservice[] {
  try {
    return readAppservices(files);
  } catch {
    throw new ConfigError([{ variable: "APPSERVICES", problem: "names a file that cannot be read, is no registration, or has the id of another" }]);
  }
}

function federationKey({ homeserverSigningKey: file }: WorkerConfig): FederationKey | null {
  const key = file === null ? null : readFederationKey(file);
  if (file !== null && key === null) {
    throw new ConfigError([{ variable: "HOMESERVER_SIGNING_KEY", problem: "names a file that cannot be read or holds no key: its first line begins with ed25519" }]);
  }
  return key;
}

import { webConfig } from "#lib/config/config.ts";
import { clientUrl } from "#lib/matrix/discovery.ts";

/** What browsers must know of the outside: apart from web.ts, because the proxy needs it and no database. */
interface Outside {
  readonly portalUrl: string;
  readonly serverName: string;
  readonly configured: string | null;
}

/** A failed discovery is not repeated for each request. */
const AGAIN_MS = 30_000;
const place = globalThis as typeof globalThis & { portalOutside?: Outside; portalHomeserver?: { found: Promise<string | null>; at: number } };

export function outside(): Outside {
  if (!place.portalOutside) {
    const { policy, homeserver } = webConfig(process.env);
    place.portalOutside = { portalUrl: policy.portalUrl, serverName: policy.serverName, configured: homeserver.clientUrl };
  }
  return place.portalOutside;
}

/** Base URL of the homeserver for browsers, without a trailing slash: configured, or discovered once. Null while nobody knows. */
export async function homeserverForBrowsers(): Promise<string | null> {
  const { configured, serverName } = outside();
  if (configured !== null) return configured;
  const known = place.portalHomeserver ? await place.portalHomeserver.found : null;
  if (known !== null) return known;
  if (!place.portalHomeserver || Date.now() - place.portalHomeserver.at > AGAIN_MS) {
    place.portalHomeserver = { found: clientUrl(serverName).catch(() => null), at: Date.now() };
  }
  return await place.portalHomeserver.found;
}

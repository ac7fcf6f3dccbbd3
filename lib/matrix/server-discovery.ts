import { resolveSrv } from "node:dns/promises";
import { isIP } from "node:net";
import { z } from "zod";
import type { SafeFetch, Target } from "./safe-fetch.ts";

export type ResolveSrv = (name: string) => Promise<readonly { readonly name: string; readonly port: number; readonly priority: number }[]>;

interface Name {
  /** Without brackets. */
  readonly host: string;
  readonly port: number | null;
  readonly literal: boolean;
}

const wellKnown = z.object({ "m.server": z.string().max(255) });

/** A server name in its parts; null when it is none (spec: server name grammar). */
export function parseServerName(name: string): Name | null {
  const parts = /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([0-9A-Za-z.-]{1,230}))(?::([0-9]{1,5}))?$/.exec(name);
  if (!parts) return null;
  const [, six, other = "", digits] = parts;
  const port = digits === undefined ? null : Number(digits);
  if (port !== null && (port < 1 || port > 65_535)) return null;
  if (six !== undefined) return isIP(six) === 6 ? { host: six, port, literal: true } : null;
  return { host: other, port, literal: isIP(other) === 4 };
}

/**
 * Where the server of this name speaks federation, and under which name (spec: resolving server names, in its order).
 * What the server's own files and records name is held to the usual two ports by safe-fetch.ts. Redirects, which the specification
 * follows here, are not. null: no server name.
 */
export async function findServer(serverName: string, fetch: SafeFetch, srv: ResolveSrv = resolveSrv): Promise<Target | null> {
  const name = parseServerName(serverName);
  if (name === null) return null;
  const direct = atOnce(serverName, name, true);
  if (direct) return direct;
  const delegated = await delegation(name.host, fetch);
  const other = delegated === null ? null : parseServerName(delegated);
  if (delegated === null || other === null) return bySrv(name.host, srv);
  return atOnce(delegated, other, false) ?? bySrv(other.host, srv);
}

/** The file a server publishes under its name, whatever port the name holds. */
export function wellKnownTarget({ host, literal }: Name): Target {
  return { host, port: 443, authority: literal && host.includes(":") ? `[${host}]` : host, certificateFor: host };
}

function atOnce(written: string, { host, port, literal }: Name, named: boolean): Target | null {
  if (!literal && port === null) return null;
  return { host, port: port ?? 8448, named: named && port !== null, authority: written, certificateFor: host };
}

async function delegation(host: string, fetch: SafeFetch): Promise<string | null> {
  try {
    const answer = await fetch(wellKnownTarget({ host, port: null, literal: false }), { path: "/.well-known/matrix/server" });
    if (answer.status !== 200) return null;
    const parsed = wellKnown.safeParse(JSON.parse(answer.text));
    return parsed.success ? parsed.data["m.server"] : null;
  } catch {
    // No file, no web server, not JSON: the next step of the specification.
    return null;
  }
}

async function bySrv(host: string, srv: ResolveSrv): Promise<Target> {
  for (const service of ["_matrix-fed._tcp", "_matrix._tcp"]) {
    const records = await srv(`${service}.${host}`).catch(() => []);
    const [first] = [...records].sort((a, b) => a.priority - b.priority);
    if (first) return { host: first.name, port: first.port, authority: host, certificateFor: host };
  }
  return { host, port: 8448, authority: host, certificateFor: host };
}

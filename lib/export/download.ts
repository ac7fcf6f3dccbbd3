import { Readable } from "node:stream";
import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { findMine } from "#lib/requests/find.ts";
import type { ByteRange } from "#lib/storage/storage.ts";
import { proofWithin } from "#lib/requests/timing.ts";
import { requestedRange } from "./range.ts";
import { recordDownload } from "./record-download.ts";
import { reportUnreadable, unreadable } from "./report-unreadable.ts";

export interface Download {
  /** Null for an answer without content (416). */
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>> | null;
  readonly status: 200 | 206 | 416;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Hands the person their package, whole or one range (RFC 9110 § 14; several ranges are answered with the whole).
 *
 * What counts as one download: everything fetched of one package under one proof of identity. The first
 * request writes the audit record, the counter and the letters; ranges and resumptions under the same proof
 * do not, and after ten minutes there must be a new proof. So no byte leaves unannounced, and no download
 * manager with a hundred ranges sends a hundred letters.
 *
 * @throws DomainError not_found (someone else's, or nothing to fetch), forbidden "proof_too_old", conflict
 *   "frozen" | "package_expired" | "package_unreadable"
 */
export async function downloadPackage(
  ctx: WebContext, input: { reference: string; range?: string | undefined; ifRange?: string | undefined },
): Promise<Download> {
  const request = await findMine(ctx, input.reference);
  const found = await findOffered(ctx, request);
  if (ctx.now().getTime() - ctx.actor.authenticatedAt.getTime() >= proofWithin) throw new DomainError("forbidden", "proof_too_old");

  const { bytes } = found;
  const etag = `"${found.sha256}"`;
  const headers = { ...packageHeaders, etag, "content-disposition": `attachment; filename="matrix-export-${request.reference}.zip"` };
  const range = requestedRange(bytes, input.ifRange === undefined || input.ifRange === etag ? input.range : undefined);
  if (range === "unsatisfiable") return { stream: null, status: 416, headers: { ...headers, "content-range": `bytes */${bytes}` } };

  const content = await openPackage(ctx, request.id, found, range);
  const stream = await recordedFirst(content, () => recordDownload(ctx, request.id, found.id));
  if (!range) return { stream, status: 200, headers: { ...headers, "content-length": String(bytes) } };
  return {
    stream,
    status: 206,
    headers: { ...headers, "content-length": String(range.end - range.start + 1), "content-range": `bytes ${range.start}-${range.end}/${bytes}` },
  };
}

type Package = { readonly id: string; readonly storageKey: string; readonly wrappedKey: string; readonly bytes: number; readonly sha256: string };
type PackageContext = Omit<WebContext, "actor">;

/** The package on offer. Throws "not_found" where there is none, "conflict" (frozen, package_expired). */
export async function findOffered({ db, now }: PackageContext, request: { readonly id: string; readonly state: string; readonly frozenAt: Date | null }): Promise<Package> {
  const found = await db.package.findFirst({ where: { requestId: request.id, removedAt: null }, orderBy: { builtAt: "desc" } });
  if (!found || request.state !== "ready") throw new DomainError("not_found", "package");
  if (request.frozenAt) throw new DomainError("conflict", "frozen");
  if (found.expiresAt <= now() || found.wrappedKey === null) throw new DomainError("conflict", "package_expired");
  return { ...found, wrappedKey: found.wrappedKey, bytes: Number(found.bytes) };
}

/** No byte leaves before it is written down that it does. */
export async function recordedFirst(content: Readable, record: () => Promise<void>): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  try {
    await record();
  } catch (error) {
    content.destroy();
    throw error;
  }
  return Readable.toWeb(content) as unknown as ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** Never stored, never guessed, never run: a package is a file and nothing else, whatever a browser makes of it. */
export const packageHeaders = {
  "content-type": "application/zip",
  "accept-ranges": "bytes",
  "cache-control": "private, no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "sandbox; default-src 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
} as const;

/** Throws "unavailable" (storage_unavailable), "conflict" (package_unreadable). */
export async function openPackage(ctx: PackageContext, requestId: string, found: Package, range: ByteRange | null): Promise<Readable> {
  try {
    const content = await ctx.storage.open(found, range ?? undefined);
    // Later frames may be bad too: the connection then breaks off, so that no browser takes the half for the whole.
    content.on("error", (error) => void reportUnreadable(ctx, requestId, found.id, error));
    return content;
  } catch (error) {
    if (!unreadable(error)) {
      ctx.log.error("storage_unavailable", error, { request: requestId });
      throw new DomainError("unavailable", "storage_unavailable");
    }
    await reportUnreadable(ctx, requestId, found.id, error);
    throw new DomainError("conflict", "package_unreadable");
  }
}

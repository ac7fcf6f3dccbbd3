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
  const found = await ctx.db.package.findFirst({ where: { requestId: request.id, removedAt: null }, orderBy: { builtAt: "desc" } });
  if (!found || request.state !== "ready") throw new DomainError("not_found", "package");
  if (request.frozenAt) throw new DomainError("conflict", "frozen");
  const now = ctx.now();
  if (found.expiresAt <= now || found.wrappedKey === null) throw new DomainError("conflict", "package_expired");
  if (now.getTime() - ctx.actor.authenticatedAt.getTime() >= proofWithin) throw new DomainError("forbidden", "proof_too_old");

  const bytes = Number(found.bytes);
  const etag = `"${found.sha256}"`;
  const headers = { ...fixedHeaders, etag, "content-disposition": `attachment; filename="matrix-export-${request.reference}.zip"` };
  const range = requestedRange(bytes, input.ifRange === undefined || input.ifRange === etag ? input.range : undefined);
  if (range === "unsatisfiable") return { stream: null, status: 416, headers: { ...headers, "content-range": `bytes */${bytes}` } };

  const content = await open(ctx, request.id, { ...found, bytes, wrappedKey: found.wrappedKey }, range);
  try {
    await recordDownload(ctx, request.id, found.id);
  } catch (error) {
    content.destroy();
    throw error;
  }
  const stream = Readable.toWeb(content) as unknown as ReadableStream<Uint8Array<ArrayBuffer>>;
  if (!range) return { stream, status: 200, headers: { ...headers, "content-length": String(bytes) } };
  return {
    stream,
    status: 206,
    headers: { ...headers, "content-length": String(range.end - range.start + 1), "content-range": `bytes ${range.start}-${range.end}/${bytes}` },
  };
}

/** Never stored, never guessed, never run: a package is a file and nothing else, whatever a browser makes of it. */
const fixedHeaders = {
  "content-type": "application/zip",
  "accept-ranges": "bytes",
  "cache-control": "private, no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "sandbox; default-src 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
} as const;

type Found = { readonly id: string; readonly storageKey: string; readonly wrappedKey: string; readonly bytes: number };

async function open(ctx: WebContext, requestId: string, found: Found, range: ByteRange | null): Promise<Readable> {
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

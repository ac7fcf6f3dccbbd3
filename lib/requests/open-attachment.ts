import { z } from "zod";
import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { attachmentHeader } from "./media-type.ts";
import { recordLook } from "./record-look.ts";
import { parseReference } from "./reference.ts";
import { unseal } from "./seal.ts";

/**
 * A file of a case as bytes to save, never to show: whatever is in it runs nowhere. Opening it is a look at the person's case.
 * For everybody of the desk. Throws "not_found", "conflict" (file_unreadable).
 */
export async function openAttachment(ctx: WebContext, input: { readonly reference: string; readonly id: unknown }): Promise<{ readonly content: Buffer<ArrayBuffer>; readonly headers: Readonly<Record<string, string>> }> {
  const [reference, id] = [ctx.actor.role === null ? null : parseReference(input.reference), z.uuid().safeParse(input.id).data];
  const request = reference ? await ctx.db.request.findUnique({ where: { reference }, select: { id: true, personId: true } }) : null;
  if (!request) throw new DomainError("not_found", "request");
  const row = id ? await ctx.db.attachment.findUnique({ where: { id, requestId: request.id } }) : null;
  if (!row) throw new DomainError("conflict", "file_unreadable");
  await recordLook(ctx, { subjectId: request.personId, requestId: request.id, what: "attachment" });
  return { content: open(ctx, row), headers: { ...fileHeaders, "content-type": row.mediaType, "content-length": String(row.bytes), "content-disposition": attachmentHeader(row.name) } };
}

const fileHeaders = {
  "cache-control": "private, no-store",
  "x-content-type-options": "nosniff",
  "content-security-policy": "sandbox; default-src 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
} as const;

function open({ secret, log }: WebContext, { id, sealed }: { readonly id: string; readonly sealed: Uint8Array }): Buffer<ArrayBuffer> {
  try {
    return unseal(secret, "attachment", id, sealed);
  } catch (error) {
    log.error("attachment_unreadable", error, { attachment: id });
    throw new DomainError("conflict", "file_unreadable");
  }
}

import { createHash, randomUUID } from "node:crypto";
import { appendAudit } from "#lib/audit/append.ts";
import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { findCase } from "./find.ts";
import { mediaTypeOf, safeFileName } from "./media-type.ts";
import { seal } from "./seal.ts";
import { inTransaction } from "./transaction.ts";

/** A scan of a letter is smaller; the request body is held in memory. */
export const attachmentRules = { bytes: 5_000_000, files: 20 } as const;

/**
 * A file of a case: evidence, a letter that came by post. Sealed in the database with a key of its row. Throws "not_found",
 * "forbidden" (own_case, role_looks, role_second), "invalid" (file_none, file_big), "conflict" (files_many).
 */
export async function attachFile(ctx: WebContext, input: { readonly reference: string; readonly file: unknown }): Promise<{ reference: string }> {
  const { id: requestId, reference } = await findCase(ctx, input.reference);
  const { file } = input;
  const no = (reason: string) => new DomainError("invalid", reason, { file: reason });
  if (!(file instanceof File) || file.size === 0) throw no("file_none");
  if (file.size > attachmentRules.bytes) throw no("file_big");
  const content = Buffer.from(await file.arrayBuffer());
  const row = {
    id: randomUUID(), requestId, authorId: ctx.actor.personId, at: ctx.now(), name: safeFileName(file.name), mediaType: mediaTypeOf(content),
    bytes: content.length, sha256: createHash("sha256").update(content).digest("hex"),
  };
  const sealed = seal(ctx.secret, "attachment", row.id, content);
  await inTransaction(ctx.db, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`attach ${requestId}`}, 0))`;
    if ((await tx.attachment.count({ where: { requestId } })) >= attachmentRules.files) throw new DomainError("conflict", "files_many");
    await tx.attachment.create({ data: { ...row, sealed } });
    await appendAudit(tx, { at: row.at, event: "attached", actor: "operator", actorId: row.authorId, requestId, data: { bytes: row.bytes } });
  });
  return { reference };
}

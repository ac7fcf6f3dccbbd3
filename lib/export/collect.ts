import type { DoorContext } from "#lib/auth/door-context.ts";
import { appendAudit } from "#lib/audit/append.ts";
import { DomainError } from "#lib/errors.ts";
import { apply } from "#lib/requests/apply.ts";
import { codeRules, isCode, parseCode } from "#lib/requests/code.ts";
import { orderCode } from "#lib/requests/order-code.ts";
import { parseReference } from "#lib/requests/reference.ts";
import { inTransaction } from "#lib/requests/transaction.ts";
import { findOffered, openPackage, packageHeaders, recordedFirst, type Download } from "./download.ts";

/**
 * Fetching a copy without a sign-in: only of a request that came by the public form, with a code that goes anew to the address
 * that proved it. Asking for a code answers the same whatever the reference is; above the limits of codes none is sent, and that
 * is not told either.
 */
export async function orderCollectCode(ctx: DoorContext, input: { readonly reference: unknown }): Promise<void> {
  const reference = parseReference(input.reference);
  await inTransaction(ctx.db, async (tx) => {
    const now = ctx.now();
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`collect ${reference ?? ""}`}, 0))`;
    const row = await tx.request.findUnique({ where: { reference: reference ?? "", via: "form", kind: "export", state: "ready", frozenAt: null }, select: { id: true } });
    const since = (ms: number) => ({ createdAt: { gt: new Date(now.getTime() - ms) } });
    const [lately, today] = [await tx.code.count({ where: { requestId: row?.id ?? noRow, ...since(codeRules.pause) } }), await tx.code.count({ where: { requestId: row?.id ?? noRow, ...since(codeRules.aDay) } })];
    if (row && lately === 0 && today < codeRules.perDay) await orderCode(ctx, tx, row.id);
  });
}

const noRow = "00000000-0000-0000-0000-000000000000";

/**
 * Hands the package over, once for a code. Every guess is paid for before it is compared; a wrong code, an unknown reference and
 * a code that is over are one and the same refusal. Throws "invalid" (collect_wrong), "not_found", "conflict" (package_expired,
 * package_unreadable), "unavailable" (storage_unavailable).
 */
export async function collectPackage(ctx: DoorContext, input: { readonly reference: unknown; readonly code: unknown }): Promise<Download> {
  const wrong = new DomainError("invalid", "collect_wrong");
  const [reference, typed] = [parseReference(input.reference), parseCode(input.code)];
  const request = reference === null ? null : await ctx.db.request.findUnique({ where: { reference, via: "form", kind: "export", state: "ready", frozenAt: null } });
  const code = request && (await ctx.db.code.findFirst({ where: { requestId: request.id, sentAt: { not: null } }, orderBy: { createdAt: "desc" } }));
  const open = { id: code?.id ?? noRow, usedAt: null, expiresAt: { gt: ctx.now() } };
  const paid = await ctx.db.code.updateMany({ where: { ...open, triesLeft: { gt: 0 } }, data: { triesLeft: { decrement: 1 } } });
  const right = isCode(ctx.secret, code?.id ?? noRow, typed ?? "", code?.hash ?? "");
  if (!request || !code || paid.count !== 1 || !right) throw wrong;
  const found = await findOffered(ctx, request);
  const content = await openPackage(ctx, request.id, found, null);
  const { personId: by } = request;
  const stream = await recordedFirst(content, async () => {
    await apply(ctx, request.id, { type: "downloaded", by, occasion: `${found.id} ${code.id}` }, async (tx) => {
      const { count } = await tx.code.updateMany({ where: open, data: { usedAt: ctx.now() } });
      if (count !== 1) throw wrong;
      await tx.package.update({ where: { id: found.id }, data: { downloads: { increment: 1 } } });
      await appendAudit(tx, { at: ctx.now(), event: "collected", actor: "subject", actorId: by, requestId: request.id });
    });
  });
  const headers = { ...packageHeaders, "accept-ranges": "none", "content-length": String(found.bytes), "content-disposition": `attachment; filename="matrix-export-${request.reference}.zip"` };
  return { stream, status: 200, headers };
}

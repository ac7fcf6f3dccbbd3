import { appendAudit } from "#lib/audit/append.ts";
import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { findMine } from "#lib/requests/find.ts";
import { findByRecoveryCode } from "#lib/requests/recovery.ts";
import { inTransaction } from "#lib/requests/transaction.ts";

export interface OpenedCertificate {
  readonly reference: string;
  readonly issuedAt: Date;
  /** `CertificateFile`: the certificate and its signature. */
  readonly document: unknown;
  readonly pdf: Uint8Array<ArrayBuffer>;
  /** The holder's proof; null once it was destroyed. */
  readonly salt: string;
}

type OpenContext = Pick<WebContext, "db" | "secret" | "now">;

/**
 * The certificate of an erasure, to whoever has reference and recovery code: the account is gone by then. Throws as
 * findByRecoveryCode does, and "conflict" (certificate_not_yet) while there is none.
 */
export async function openCertificate(ctx: OpenContext, input: { readonly reference: unknown; readonly code: unknown }): Promise<OpenedCertificate> {
  const { id, reference } = await findByRecoveryCode(ctx, input);
  return await hand(ctx, id, reference, { by: "recovery_code" });
}

/** The same for the person while they are still signed in. Throws "not_found", "conflict" (certificate_not_yet). */
export async function openMyCertificate(ctx: WebContext, input: { readonly reference: unknown }): Promise<OpenedCertificate> {
  const { id, reference } = await findMine(ctx, input.reference);
  return await hand(ctx, id, reference, { by: "session" });
}

async function hand({ db, now }: OpenContext, id: string, reference: string, how: { readonly by: string }): Promise<OpenedCertificate> {
  const row = await db.certificate.findUnique({ where: { requestId: id } });
  if (!row) throw new DomainError("conflict", "certificate_not_yet");
  await inTransaction(db, (tx) => appendAudit(tx, { at: now(), event: "certificate_opened", actor: "subject", actorId: null, requestId: id, data: how }));
  const { issuedAt, document, pdf, salt } = row;
  return { reference, issuedAt, document, pdf, salt };
}

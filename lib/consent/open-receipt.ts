import { z } from "zod";
import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";

/** `pdf` null: the worker has not printed it yet. */
export interface OpenedReceipt {
  readonly id: string;
  readonly document: unknown;
  readonly pdf: Uint8Array<ArrayBuffer> | null;
}

/** A receipt of one's own. Somebody else's and one that never was look the same: DomainError("not_found"). */
export async function openReceipt({ db, actor }: Pick<WebContext, "db" | "actor">, id: unknown): Promise<OpenedReceipt> {
  const known = z.uuid().safeParse(id);
  const row = known.success ? await db.consentReceipt.findFirst({ where: { consentId: known.data, consent: { personId: actor.personId } } }) : null;
  if (!row) throw new DomainError("not_found", "request");
  return { id: row.consentId, document: row.document, pdf: row.pdf };
}

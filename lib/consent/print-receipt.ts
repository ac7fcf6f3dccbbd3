import type { WorkerContext } from "#lib/context.ts";
import { languageOf } from "#lib/messages/languages.ts";
import type { Document } from "./receipt.ts";
import { receiptPdf } from "./receipt-pdf.ts";

/** Job `consent.receipt`: the receipt as paper, in the person's language. Once it is there, a repeat does nothing. */
export async function printReceipt({ db, policy, renderPdf }: Pick<WorkerContext, "db" | "policy" | "renderPdf">, { consentId }: { readonly consentId: string }): Promise<void> {
  const row = await db.consentReceipt.findUnique({ where: { consentId }, include: { consent: { select: { act: true, at: true, person: { select: { locale: true } } } } } });
  if (!row || row.pdf) return;
  const pdf = await renderPdf(receiptPdf(row.document as Document, row.consent, policy, languageOf(row.consent.person, policy)));
  await db.consentReceipt.updateMany({ where: { consentId, pdf: null }, data: { pdf: new Uint8Array(pdf) } });
}

import { appendAudit } from "#lib/audit/append.ts";
import type { WorkerContext } from "#lib/context.ts";
import type { Prisma } from "#lib/db/generated/client.ts";
import { inTransaction } from "#lib/requests/transaction.ts";
import { localDay } from "#lib/requests/working-days.ts";
import { loadRequestFacts } from "./load-facts.ts";
import { lastDayOf, monthNumbers, monthsUpTo } from "./numbers.ts";
import { reportPdf } from "./report-pdf.ts";

export type ReportContext = Pick<WorkerContext, "db" | "policy" | "now" | "renderPdf">;

/**
 * Job `report.month`: last month as paper, in the controller's zone and language. A month that is written stays as it is:
 * what was told to the management is not told differently later.
 */
export async function makeReport(ctx: ReportContext): Promise<void> {
  const { db, policy, now, renderPdf } = ctx;
  const at = now();
  const [month = ""] = monthsUpTo(localDay(at, policy.timeZone).toString(), 2);
  if (await db.report.findUnique({ where: { month }, select: { month: true } })) return;
  const numbers = monthNumbers(await loadRequestFacts(db, policy.timeZone), month, lastDayOf(month));
  const pdf = await renderPdf(reportPdf(numbers, policy, at));
  await inTransaction(db, async (tx) => {
    const { count } = await tx.report.createMany({
      data: { month, madeAt: at, numbers: numbers as unknown as Prisma.InputJsonObject, pdf: new Uint8Array(pdf) },
      skipDuplicates: true,
    });
    if (count === 1) await appendAudit(tx, { at, event: "report_made", actor: "clock", data: { month } });
  });
}

import { asDesk } from "#app/_server/guard.ts";
import { machineAnswer } from "#app/_server/respond.ts";
import { openReport } from "#lib/reports/open-report.ts";

/** The paper of a month as a file. */
export async function GET(_request: Request, { params }: RouteContext<"/desk/reports/[month]">): Promise<Response> {
  const { month } = await params;
  const ctx = await asDesk();
  return await machineAnswer(async () => {
    const { pdf } = await openReport(ctx, month);
    return new Response(pdf, { headers: { "content-type": "application/pdf", "content-disposition": `attachment; filename="privacy-requests-${month}.pdf"`, "cache-control": "no-store" } });
  });
}

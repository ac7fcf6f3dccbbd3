import { getTranslations } from "next-intl/server";
import { asSubject } from "#app/_server/guard.ts";
import { machineAnswer } from "#app/_server/respond.ts";
import { viewCalendar } from "#lib/erasure/view-calendar.ts";
import { writeCalendar } from "#lib/requests/calendar.ts";

/** The date as a calendar file. The link in it leads to the public page, without the code. */
export async function GET(_request: Request, { params }: RouteContext<"/requests/[reference]/calendar">): Promise<Response> {
  const { reference } = await params;
  const ctx = await asSubject();
  return await machineAnswer(async () => {
    const facts = await viewCalendar(ctx, reference);
    const t = await getTranslations("erasure.calendar");
    const link = `${ctx.policy.portalUrl}/stop`;
    const description = facts.status === "CANCELLED" ? t("gone") : t("description", { link });
    const file = writeCalendar([{ ...facts, summary: t("summary"), description, url: link }]);
    return new Response(file, {
      headers: { "content-type": "text/calendar; charset=utf-8; method=PUBLISH", "content-disposition": 'attachment; filename="deletion.ics"', "cache-control": "no-store" },
    });
  });
}

import { roleOf } from "#lib/auth/roles.ts";
import { languageOf } from "#lib/messages/languages.ts";
import { translator } from "#lib/messages/messages.ts";
import { machineAnswer } from "#app/_server/respond.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { writeCalendar } from "#lib/requests/calendar.ts";
import { readFeed } from "#lib/requests/feed.ts";
import { publicContext } from "#lib/runtime/web.ts";

/** Deadlines for a calendar program: it can send no cookie and no header, so the address is the key (decision 7). */
export async function GET(_request: Request, { params }: RouteContext<"/api/calendar/[token]">): Promise<Response> {
  const { token } = await params;
  const ctx = await publicContext();
  return await machineAnswer(async () => {
    const { dates, locale, server } = await readFeed(ctx, token, ({ mxid, admin }) => roleOf(ctx.policy, mxid as Mxid, admin));
    const t = translator(languageOf({ locale }, ctx.policy), "register");
    const entries = dates.map(({ uid, reference, kind, day, sequence }) => {
      const spoken = `${reference.slice(0, 4)}-${reference.slice(4)}`;
      const url = `${ctx.policy.portalUrl}/desk/${reference}`;
      return { uid, sequence, status: "CONFIRMED" as const, writtenAt: ctx.now(), at: day, summary: t("feed.due", { kind, reference: spoken }), description: t("feed.about", { url }), url, alarmDays: [7, 3, 1] };
    });
    return new Response(writeCalendar(entries, t("feed.calendar", { server })), { headers: { "content-type": "text/calendar; charset=utf-8", "cache-control": "no-store" } });
  });
}

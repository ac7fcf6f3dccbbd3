import { getLocale } from "next-intl/server";
import { asDesk } from "#app/_server/guard.ts";
import { ABSOLUTE_MS, IDLE_MS } from "#lib/auth/lifetime.ts";
import { recordOfProcessing } from "#lib/reports/record-of-processing.ts";

/** The sheet for programs that keep records of processing. */
export async function GET(): Promise<Response> {
  const { policy } = await asDesk();
  const sheet = recordOfProcessing(policy, await getLocale(), { idle: IDLE_MS / 60_000, hours: ABSOLUTE_MS / 3_600_000 });
  return new Response(`${JSON.stringify(sheet, null, 2)}\n`, {
    headers: { "content-type": "application/json; charset=utf-8", "content-disposition": 'attachment; filename="record-of-processing.json"', "cache-control": "no-store" },
  });
}

import { isAlive } from "#lib/runtime/web.ts";

export const dynamic = "force-dynamic";

/** Is the portal able to answer? No versions, no addresses, no reasons. */
export async function GET(): Promise<Response> {
  const ok = await isAlive();
  return Response.json({ ok }, { status: ok ? 200 : 503, headers: { "cache-control": "no-store" } });
}

export const dynamic = "force-dynamic";

/** When support for Global Privacy Control was last changed here. */
const lastUpdate = "2026-11-26";

/** Says that `Sec-GPC: 1` is honoured (W3C Global Privacy Control). */
export function GET(): Response {
  return Response.json({ gpc: true, lastUpdate }, { headers: { "access-control-allow-origin": "*" } });
}

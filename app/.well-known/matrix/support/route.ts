import { publicContext } from "#lib/runtime/web.ts";

export const dynamic = "force-dynamic";

/** `m.role.dpo` is proposed (MSC4265); until it is accepted the name behind it is the one that may be used. */
const roles = ["m.role.dpo", "org.matrix.msc4265.role.dpo"] as const;

/** Whom to ask about data protection (Matrix 1.10). Served here; the server's own name can redirect to it. */
export async function GET(): Promise<Response> {
  const { dpoMail, dpoMatrixId, portalUrl } = (await publicContext()).policy;
  const contacts = roles.map((role) => ({ ...(dpoMatrixId === null ? {} : { matrix_id: dpoMatrixId }), email_address: dpoMail, role }));
  return Response.json({ contacts, support_page: portalUrl }, { headers: { "access-control-allow-origin": "*" } });
}

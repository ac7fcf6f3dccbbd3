import { postByForm } from "#app/_server/respond.ts";
import { DomainError } from "#lib/errors.ts";
import { attachFile, attachmentRules } from "#lib/requests/attach.ts";

/** The form around the file. */
const around = 10_000;

/** A file for a case: POST from our own page; a body that is too long, or does not say how long it is, is not read. */
export async function POST(request: Request, { params }: RouteContext<"/desk/[reference]/files">): Promise<Response> {
  const { reference } = await params;
  const back = `/desk/${encodeURIComponent(reference)}`;
  return await postByForm(request, back, async (ctx) => {
    if (!ctx.actor.operator) throw new DomainError("not_found", "request");
    const length = Number(request.headers.get("content-length") ?? Infinity);
    if (!(length <= attachmentRules.bytes + around)) throw new DomainError("invalid", "file_big");
    const form = await request.formData();
    await attachFile(ctx, { reference, file: form.get("file") });
    return new Response(null, { status: 303, headers: { location: `${ctx.policy.portalUrl}${back}#files`, "cache-control": "no-store" } });
  });
}

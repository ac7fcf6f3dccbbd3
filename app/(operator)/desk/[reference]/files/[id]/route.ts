import { postByForm } from "#app/_server/respond.ts";
import { openAttachment } from "#lib/requests/open-attachment.ts";

/** Hands out a file of a case to be saved: POST from our own page, for the desk (lib/requests/open-attachment.ts decides). */
export async function POST(request: Request, { params }: RouteContext<"/desk/[reference]/files/[id]">): Promise<Response> {
  const { reference, id } = await params;
  return await postByForm(request, `/desk/${encodeURIComponent(reference)}`, async (ctx) => {
    const { content, headers } = await openAttachment(ctx, { reference, id });
    return new Response(content, { headers });
  });
}

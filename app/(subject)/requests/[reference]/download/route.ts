import { postByForm } from "#app/_server/respond.ts";
import { downloadPackage } from "#lib/export/download.ts";

/** Hands out the package: POST from our own page, fresh sign-in, own request (lib/export/download.ts decides). */
export async function POST(request: Request, { params }: RouteContext<"/requests/[reference]/download">): Promise<Response> {
  const { reference } = await params;
  const range = request.headers.get("range");
  return await postByForm(request, `/requests/${encodeURIComponent(reference)}`, async (ctx) => {
    const { stream, status, headers } = await downloadPackage(ctx, { reference, ...(range ? { range } : {}) });
    return new Response(stream, { status, headers });
  });
}

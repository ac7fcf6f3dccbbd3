import { publicPostByForm } from "#app/_server/respond.ts";
import { collectPackage } from "#lib/export/collect.ts";

/** Hands out a package without a sign-in: POST from our own page, with the code in the body (lib/export/collect.ts decides). */
export async function POST(request: Request, { params }: RouteContext<"/collect/[reference]/file">): Promise<Response> {
  const { reference } = await params;
  return await publicPostByForm(request, `/collect/${encodeURIComponent(reference)}`, async (ctx) => {
    const form = await request.formData();
    const { stream, status, headers } = await collectPackage(ctx, { reference, code: form.get("code") });
    return new Response(stream, { status, headers });
  });
}

import { postByForm } from "#app/_server/respond.ts";
import { certificateFile } from "#app/_server/certificate-file.ts";
import { openMyCertificate } from "#lib/erasure/open-certificate.ts";

/** The certificate to the person while they are signed in: POST from our own page, since each opening is written down. */
export async function POST(request: Request, { params }: RouteContext<"/requests/[reference]/certificate">): Promise<Response> {
  const { reference } = await params;
  const as = (await request.clone().formData().catch(() => null))?.get("as");
  return await postByForm(request, `/requests/${encodeURIComponent(reference)}`, async (ctx) => certificateFile(await openMyCertificate(ctx, { reference }), as));
}

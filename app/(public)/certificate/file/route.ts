import { certificateFile } from "#app/_server/certificate-file.ts";
import { publicPostByForm } from "#app/_server/respond.ts";
import { openCertificate } from "#lib/erasure/open-certificate.ts";

/** One file of the certificate: POST from our own page, with reference and code in the body. */
export async function POST(request: Request): Promise<Response> {
  return await publicPostByForm(request, "/certificate", async (ctx) => {
    const form = await request.formData();
    return certificateFile(await openCertificate(ctx, { reference: form.get("reference"), code: form.get("code") }), form.get("as"));
  });
}

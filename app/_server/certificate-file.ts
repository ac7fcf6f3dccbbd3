import type { OpenedCertificate } from "#lib/erasure/open-certificate.ts";

/** The certificate as a file: signed JSON, or the PDF. */
export function certificateFile({ reference, document, pdf }: OpenedCertificate, as: unknown): Response {
  const json = as === "json";
  return new Response(json ? `${JSON.stringify(document, null, 2)}\n` : pdf, {
    headers: {
      "content-type": json ? "application/json; charset=utf-8" : "application/pdf",
      "content-disposition": `attachment; filename="certificate-${reference}.${json ? "json" : "pdf"}"`,
      "cache-control": "no-store",
    },
  });
}

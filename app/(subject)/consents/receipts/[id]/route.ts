import { getTranslations } from "next-intl/server";
import { asSubject } from "#app/_server/guard.ts";
import { machineAnswer } from "#app/_server/respond.ts";
import { openReceipt } from "#lib/consent/open-receipt.ts";

/** A receipt of one's own as a file: JSON-LD, or with `?as=pdf` on paper. */
export async function GET(request: Request, { params }: RouteContext<"/consents/receipts/[id]">): Promise<Response> {
  const { id } = await params;
  const ctx = await asSubject();
  return await machineAnswer(async () => {
    const receipt = await openReceipt(ctx, id);
    const paper = new URL(request.url).searchParams.get("as") === "pdf";
    if (paper && receipt.pdf === null) {
      const t = await getTranslations("consents.receipt");
      return new Response(t("waiting"), { status: 503, headers: { "content-type": "text/plain; charset=utf-8", "retry-after": "5", "cache-control": "no-store" } });
    }
    return new Response(paper ? receipt.pdf : `${JSON.stringify(receipt.document, null, 2)}\n`, {
      headers: {
        "content-type": paper ? "application/pdf" : "application/ld+json; charset=utf-8",
        "content-disposition": `attachment; filename="receipt-${receipt.id}.${paper ? "pdf" : "jsonld"}"`,
        "cache-control": "no-store",
      },
    });
  });
}

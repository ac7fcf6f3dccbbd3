import { Readable } from "node:stream";
import { postByForm } from "#app/_server/respond.ts";
import { DomainError } from "#lib/errors.ts";
import { exportRegister } from "#lib/reports/register.ts";

/** The register as a file: POST from our own page, since who takes Matrix IDs is written down. */
export async function POST(request: Request): Promise<Response> {
  const form = await request.clone().formData().catch(() => null);
  return await postByForm(request, "/desk/register", async (ctx) => {
    if (ctx.actor.role === null) throw new DomainError("not_found", "not_found");
    const { bytes } = await exportRegister(ctx, { from: form?.get("from"), to: form?.get("to"), names: form?.get("names") });
    return new Response(Readable.toWeb(Readable.from(bytes)) as ReadableStream<Uint8Array>, {
      headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": 'attachment; filename="register.csv"', "cache-control": "no-store" },
    });
  });
}

import { asSubject } from "#app/_server/guard.ts";
import { machineAnswer } from "#app/_server/respond.ts";
import { viewPlan } from "#lib/erasure/view-plan.ts";
import { DomainError } from "#lib/errors.ts";

/** The plan as the file its hash is made of, with the hash beside it: the person's own only. */
export async function GET(request: Request): Promise<Response> {
  const ctx = await asSubject();
  return await machineAnswer(async () => {
    const { plan, hash } = await viewPlan(ctx, new URL(request.url).searchParams.get("plan") ?? "");
    if (!plan) throw new DomainError("conflict", "plan_missing");
    return new Response(`${JSON.stringify({ sha256: hash, form: "RFC 8785", plan }, null, 2)}\n`, {
      headers: { "content-type": "application/json; charset=utf-8", "content-disposition": 'attachment; filename="deletion-plan.json"', "cache-control": "no-store" },
    });
  });
}

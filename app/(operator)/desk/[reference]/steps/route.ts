import { asDesk } from "#app/_server/guard.ts";
import { machineAnswer } from "#app/_server/respond.ts";
import { markOf } from "#app/_request/step-mark.ts";
import { listSteps } from "#lib/erasure/list-steps.ts";
import { viewCase } from "#lib/requests/desk-views.ts";

/** What the case's page asks for while an erasure runs: whether there is news. */
export async function GET(_request: Request, { params }: RouteContext<"/desk/[reference]/steps">): Promise<Response> {
  const { reference } = await params;
  const ctx = await asDesk();
  return await machineAnswer(async () => {
    const { state } = await viewCase(ctx, reference);
    return Response.json({ running: state === "running", mark: markOf(await listSteps(ctx, reference)) });
  });
}

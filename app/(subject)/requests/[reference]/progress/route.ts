import { asSubject } from "#app/_server/guard.ts";
import { machineAnswer } from "#app/_server/respond.ts";
import { markOf } from "#app/_request/step-mark.ts";
import { listMySteps } from "#lib/erasure/list-steps.ts";
import { viewMyRequest } from "#lib/requests/views.ts";
import { progressWords } from "../progress-words.ts";

/** What the page asks for while something runs: the person's own request only. A build in words; of an erasure, whether there is news. */
export async function GET(_request: Request, { params }: RouteContext<"/requests/[reference]/progress">): Promise<Response> {
  const { reference } = await params;
  const ctx = await asSubject();
  return await machineAnswer(async () => {
    const request = await viewMyRequest(ctx, reference);
    if (!request.erasure) return Response.json(await progressWords(request));
    return Response.json({ running: request.state === "running", mark: markOf(await listMySteps(ctx, reference)) });
  });
}

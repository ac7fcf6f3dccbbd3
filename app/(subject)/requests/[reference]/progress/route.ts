import { asSubject } from "#app/_server/guard.ts";
import { machineAnswer } from "#app/_server/respond.ts";
import { viewMyRequest } from "#lib/requests/views.ts";
import { progressWords } from "../progress-words.ts";

/** What the progress bar asks for: the person's own request only, in words. */
export async function GET(_request: Request, { params }: RouteContext<"/requests/[reference]/progress">): Promise<Response> {
  const { reference } = await params;
  const ctx = await asSubject();
  return await machineAnswer(async () => Response.json(await progressWords(await viewMyRequest(ctx, reference))));
}

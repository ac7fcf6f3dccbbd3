import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { admit } from "#app/_server/admit.ts";
import { machineAnswer } from "#app/_server/respond.ts";
import { requireSameOrigin } from "#app/_server/same-origin.ts";
import { authOptions } from "#lib/auth/options.ts";
import { DomainError } from "#lib/errors.ts";
import { publicContext } from "#lib/runtime/web.ts";

interface RouteContext {
  readonly params: Promise<{ nextauth: string[] }>;
}

/** What the sign-in page needs of next-auth. Its own pages, its session endpoint and the rest do not exist here. */
const offered = { GET: ["csrf"], POST: ["callback/matrix"] };

async function answer(request: NextRequest, context: RouteContext): Promise<Response> {
  return await machineAnswer(async () => {
    const { policy, secret, log } = await publicContext();
    const { nextauth } = await context.params;
    const method = request.method === "POST" ? "POST" : "GET";
    if (!offered[method].includes(nextauth.join("/"))) throw new DomainError("not_found", "not_found");
    if (method === "POST") requireSameOrigin(request.headers, policy.portalUrl);
    const complain = (code: string) => log.warn("next_auth", { code });
    const options = authOptions({ portalUrl: policy.portalUrl, secret, authorize: admit, complain });
    const handler = NextAuth(options) as (request: NextRequest, context: RouteContext) => Promise<Response>;
    return await handler(request, context);
  });
}

export { answer as GET, answer as POST };

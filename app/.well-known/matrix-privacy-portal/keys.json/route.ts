import { publicContext } from "#lib/runtime/web.ts";
import { publishedKeys } from "#lib/signing/published-keys.ts";

export const dynamic = "force-dynamic";

/** The public signing keys, for anybody who wants to check a package: other people's checkers may read it too. */
export async function GET(): Promise<Response> {
  const keys = await publishedKeys(await publicContext());
  return Response.json(keys, { headers: { "content-type": "application/jwk-set+json", "access-control-allow-origin": "*" } });
}

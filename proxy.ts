import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { NONCE_HEADER, PATH_HEADER } from "#app/_server/request-headers.ts";
import { securityHeaders } from "#app/_server/security-headers.ts";
import { homeserverForBrowsers, outside } from "#lib/runtime/browser.ts";

/** Sets headers and the nonce, on every answer. Authorises nothing: that is app/_server/guard.ts, called by each page. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = randomBytes(16).toString("base64");
  const { pathname, search } = request.nextUrl;
  const headers = securityHeaders({
    nonce,
    https: outside().portalUrl.startsWith("https:"),
    homeserver: await homeserverForBrowsers(),
    path: pathname,
    development: process.env.NODE_ENV === "development",
  });
  const forward = new Headers(request.headers);
  forward.set(NONCE_HEADER, nonce);
  forward.set(PATH_HEADER, pathname + search);
  // Next reads the nonce for its own scripts from here.
  forward.set("content-security-policy", headers["content-security-policy"] ?? "");
  const response = NextResponse.next({ request: { headers: forward } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

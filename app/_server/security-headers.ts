export interface Surroundings {
  readonly nonce: string;
  /** The portal is reached by https. */
  readonly https: boolean;
  /** Base URL of the homeserver the sign-in page talks to; null while unknown. */
  readonly homeserver: string | null;
  readonly path: string;
  /** `next dev` evaluates code and keeps a socket open. */
  readonly development: boolean;
}

/** Headers of every answer (ASVS 5.0 V3.4). Checked on every class of route by tests/e2e/headers. */
export function securityHeaders(around: Surroundings): Record<string, string> {
  return {
    "content-security-policy": contentSecurityPolicy(around),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": referrerPolicy(around.path),
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=(), interest-cohort=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-dns-prefetch-control": "off",
    ...(around.https ? { "strict-transport-security": "max-age=63072000; includeSubDomains" } : {}),
    // Files of the build carry a hash in their name and nobody's data; everything else is never stored.
    ...(around.path.startsWith("/_next/static/") ? {} : { "cache-control": "no-store" }),
  };
}

function contentSecurityPolicy({ nonce, https, homeserver, development }: Surroundings): string {
  const directives: readonly (readonly string[])[] = [
    ["default-src", "'none'"],
    ["script-src", `'nonce-${nonce}'`, "'strict-dynamic'", ...(development ? ["'unsafe-eval'"] : [])],
    ["style-src", "'self'", `'nonce-${nonce}'`],
    ["img-src", "'self'"],
    ["font-src", "'self'"],
    ["connect-src", "'self'", ...(homeserver ? [new URL(homeserver).origin] : []), ...(development ? ["ws:"] : [])],
    ["worker-src", "'self'"],
    ["manifest-src", "'self'"],
    ["object-src", "'none'"],
    ["base-uri", "'none'"],
    ["form-action", "'self'"],
    ["frame-ancestors", "'none'"],
    // The one policy is in instrumentation-client.ts. `next dev` injects markup of its own.
    ...(development ? [] : [["require-trusted-types-for", "'script'"], ["trusted-types", "default"]]),
    ...(https ? [["upgrade-insecure-requests"]] : []),
  ];
  return directives.map((directive) => directive.join(" ")).join("; ");
}

/**
 * The door's addresses may hold an SSO token: nothing is said of them, not even to us. Elsewhere our own pages may know:
 * under no-referrer browsers send `Origin: null` with a form, and forms without script would be refused. A consent link
 * is a key and its page a form: there our pages learn the origin, and neither path nor query.
 */
function referrerPolicy(path: string): "no-referrer" | "strict-origin" | "same-origin" {
  if (path === "/sign-in" || path.startsWith("/sign-in/")) return "no-referrer";
  return decoded(path) === "/_matrix/consent" ? "strict-origin" : "same-origin";
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

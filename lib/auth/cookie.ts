import { hkdfSync } from "node:crypto";
import type { CookieOption } from "next-auth";

/** __Host- under https: no subdomain and no plain http can plant it (RFC 6265bis § 4.1.3.2). */
export function cookieOption(name: string, portalUrl: string): CookieOption {
  const secure = portalUrl.startsWith("https:");
  // lax, not strict: a link in a letter must find the person signed in. No GET changes anything.
  return { name: secure ? `__Host-${name}` : name, options: { httpOnly: true, sameSite: "lax", path: "/", secure } };
}

export const sessionCookie = (portalUrl: string): CookieOption => cookieOption("portal-session", portalUrl);

/** A key for the cookie alone, so that PORTAL_SECRET itself encrypts nothing. */
export function cookieSecret(secret: string): string {
  return Buffer.from(hkdfSync("sha256", secret, "", "portal session cookie", 32)).toString("base64");
}

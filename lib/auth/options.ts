import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { cookieOption, cookieSecret, sessionCookie } from "./cookie.ts";
import { ABSOLUTE_MS } from "./lifetime.ts";

/** What next-auth needs to know. */
export interface DoorSettings {
  readonly portalUrl: string;
  readonly secret: string;
  /** Turns a proof into a session; throws an Error whose message is a key under `errors`. */
  readonly authorize: (proof: unknown) => Promise<{ sessionId: string }>;
  /** Gets the name of what went wrong inside next-auth, nothing else. */
  readonly complain: (code: string) => void;
}

/** The cookie holds an encrypted token, the token a session id, and the row behind the id decides (read-session.ts). */
export function authOptions({ portalUrl, secret, authorize, complain }: DoorSettings): NextAuthOptions {
  // next-auth would otherwise take its own address from the Host header.
  process.env["NEXTAUTH_URL"] = portalUrl;
  const maxAge = ABSOLUTE_MS / 1000;
  return {
    secret: cookieSecret(secret),
    useSecureCookies: portalUrl.startsWith("https:"),
    session: { strategy: "jwt", maxAge },
    jwt: { maxAge },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    cookies: {
      sessionToken: sessionCookie(portalUrl),
      csrfToken: cookieOption("portal-csrf", portalUrl),
      callbackUrl: cookieOption("portal-callback", portalUrl),
    },
    providers: [
      Credentials({
        id: "matrix",
        name: "Matrix",
        credentials: { access_token: {}, matrix_server_name: {}, expires_in: {} },
        authorize: async (proof) => ({ id: (await authorize(proof)).sessionId }),
      }),
    ],
    callbacks: {
      // The library would add name, mail and picture; the session's id is all there is.
      jwt: ({ token, user }) => ({ sub: user?.id ?? token.sub }),
      redirect: () => portalUrl,
    },
    logger: { error: complain, warn: complain, debug: () => undefined },
  };
}

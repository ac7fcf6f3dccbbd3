/**
 * Lowest versions we may ship, and why. There is no `npm audit` where this is built, so the lock
 * file is held against this table; look at each project's advisories when you raise one.
 */
export interface Floor {
  readonly name: string;
  readonly atLeast: string;
  readonly why: string;
  /** Installed although below the floor: what keeps us there, and what protects us meanwhile. */
  readonly waiver?: { readonly installed: string; readonly reason: string };
}

export const floors: readonly Floor[] = [
  {
    name: "next",
    atLeast: "16.4.6",
    why: "proxy bypass (CVE-2025-29927), remote code in server components (CVE-2025-55182, 66478), null-Origin actions (CVE-2026-29057), and the fixes of 16.4.2 to 16.4.6",
    waiver: {
      installed: "16.4.5",
      reason:
        "16.4.6 cannot be locked: its platform packages are missing from the registry, so `npm ci` refuses. The proxy file authorises nothing, actions without Origin are refused by app/_server, images are unoptimised, no rewrites. Move as soon as `npm ci --dry-run` passes.",
    },
  },
  { name: "react", atLeast: "19.2.8", why: "server-component decoding, together with next" },
  { name: "react-dom", atLeast: "19.2.8", why: "must match react" },
  { name: "next-auth", atLeast: "4.24.15", why: "provider mix-up (GHSA-x445-f3h2-j279), mail to a look-alike address (CVE-2026-73420), CVE-2026-73418" },
  { name: "nodemailer", atLeast: "9.1.1", why: "SMTP command injection, files and URLs read from message parts, slow address parser" },
  { name: "pg", atLeast: "8.23.1", why: "the version everything here was tried with" },
  { name: "pg-boss", atLeast: "12.35.0", why: "heartbeats and fencing as lib/jobs relies on them" },
  { name: "@prisma/client", atLeast: "7.10.0", why: "one version of client, adapter and generator" },
  { name: "node", atLeast: "24.21.0", why: "newest that the npm package carries; 24.22.1 brings TLS and DNS fixes: move when it is published there" },
];

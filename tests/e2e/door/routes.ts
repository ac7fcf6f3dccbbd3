import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { stack } from "../facts.ts";

/**
 * public: anybody. subject: signed in; with a reference: the owner. desk: whoever has a role there; nobody else knows it
 * exists. decider: of them, those who decide.
 */
export type Audience = "public" | "subject" | "desk" | "decider";

/** Every route of the build and whom it is for. A route that is not here fails the test: decide first. */
export const audiences: Readonly<Record<string, Audience>> = {
  "/": "public",
  "/rights": "public",
  "/privacy-notice": "public",
  "/verify": "public",
  "/.well-known/matrix-privacy-portal/keys.json": "public",
  "/sign-in": "public",
  "/sign-in/return": "public",
  "/checking": "subject",
  "/not-for-you": "public",
  "/not-me/[reference]": "public",
  "/stop": "public",
  "/stop/[reference]": "public",
  "/certificate": "public",
  "/certificate/[reference]": "public",
  "/certificate/file": "public",
  "/ask-without-account": "public",
  "/ask-without-account/[id]": "public",
  "/collect/[reference]": "public",
  "/collect/[reference]/file": "public",
  "/_matrix/consent": "public",
  "/.well-known/gpc.json": "public",
  "/.well-known/matrix/support": "public",
  "/api/health": "public",
  "/api/auth/[...nextauth]": "public",
  "/icon.svg": "public",
  "/privacy": "subject",
  "/privacy/looks": "subject",
  "/consents": "subject",
  "/consents/[policy]": "subject",
  "/consents/receipts/[id]": "subject",
  "/requests": "subject",
  "/requests/new": "subject",
  "/requests/[reference]": "subject",
  "/requests/[reference]/confirm": "subject",
  "/requests/[reference]/withdraw": "subject",
  "/requests/[reference]/progress": "subject",
  "/requests/[reference]/download": "subject",
  "/requests/[reference]/recovery": "subject",
  "/requests/[reference]/calendar": "subject",
  "/requests/[reference]/certificate": "subject",
  "/requests/new/consent": "subject",
  "/requests/new/erasure": "subject",
  "/requests/new/erasure/check": "subject",
  "/requests/new/erasure/plan": "subject",
  "/desk": "desk",
  "/desk/bulk": "decider",
  "/desk/new": "decider",
  "/desk/register": "desk",
  "/desk/register/file": "desk",
  "/desk/register/record": "desk",
  "/desk/register/record/file": "desk",
  "/desk/feed": "desk",
  "/api/calendar/[token]": "public",
  "/desk/consents": "desk",
  "/desk/oversight": "desk",
  "/desk/reports": "desk",
  "/desk/reports/[month]": "desk",
  "/statistics": "public",
  "/desk/oversight/audit": "desk",
  "/desk/[reference]": "desk",
  "/desk/[reference]/deny": "decider",
  "/desk/[reference]/ask": "decider",
  "/desk/[reference]/reply": "decider",
  "/desk/[reference]/extend": "decider",
  "/desk/[reference]/hold": "decider",
  "/desk/[reference]/files": "decider",
  "/desk/[reference]/files/[id]": "desk",
  "/desk/[reference]/steps": "desk",
};

/** Files of the running build and the routes they serve, as Next wrote them down. */
function builtFiles(): [file: string, route: string][] {
  const manifest = readFileSync(path.join(stack().buildFolder, "app-path-routes-manifest.json"), "utf8");
  return Object.entries(JSON.parse(manifest) as Record<string, string>).filter(([, route]) => !/^\/_(?!matrix)/.test(route));
}

export function builtRoutes(): string[] {
  return builtFiles().map(([, route]) => route);
}

/** What a handler answers to: what its file exports. null for a page: Next shows it whatever the method, and its forms are actions with checks of their own. */
export function methodsOf(route: string): readonly string[] | null {
  const [file = ""] = builtFiles().find(([, served]) => served === route) ?? [];
  if (!file.endsWith("/route")) return null;
  // A file Next serves by itself.
  if (!existsSync(`app${file}.ts`)) return ["GET"];
  const source = readFileSync(`app${file}.ts`, "utf8");
  return [...source.matchAll(/export (?:async )?function (GET|POST)\b|\bas (GET|POST)\b/g)].flatMap(([, one, other]) => one ?? other ?? []);
}

/** @param receipt of a consent */
export function addressOf(route: string, reference: string, receipt = "00000000-0000-4000-8000-000000000000"): string {
  return route.replace("[reference]", reference).replace("[...nextauth]", "csrf").replace("[id]", receipt).replace("[policy]", "terms").replace("[month]", "2001-01").replace("[token]", "guessed");
}

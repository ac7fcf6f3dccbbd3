import { readFileSync } from "node:fs";
import path from "node:path";
import { stack } from "../facts.ts";

/** public: anybody. subject: signed in; with a reference: the owner. operator: nobody else knows it exists. */
export type Audience = "public" | "subject" | "operator";

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
  "/api/health": "public",
  "/api/auth/[...nextauth]": "public",
  "/icon.svg": "public",
  "/privacy": "subject",
  "/privacy/looks": "subject",
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
  "/requests/new/erasure": "subject",
  "/requests/new/erasure/check": "subject",
  "/requests/new/erasure/plan": "subject",
  "/desk": "operator",
  "/desk/[reference]": "operator",
  "/desk/[reference]/deny": "operator",
  "/desk/[reference]/hold": "operator",
  "/desk/[reference]/steps": "operator",
};

/** Routes of the running build, as Next wrote them down. */
export function builtRoutes(): string[] {
  const manifest = readFileSync(path.join(stack().buildFolder, "app-path-routes-manifest.json"), "utf8");
  return Object.values(JSON.parse(manifest) as Record<string, string>).filter((route) => !route.startsWith("/_"));
}

export function addressOf(route: string, reference: string): string {
  return route.replace("[reference]", reference).replace("[...nextauth]", "csrf");
}

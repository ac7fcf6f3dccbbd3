import { expect, test, type APIRequestContext, type Browser } from "@playwright/test";
import { mkdirSync, writeFileSync } from "node:fs";
import { createDb } from "#lib/db/client.ts";
import { makeRequest } from "#tests/fixtures/people.ts";
import { enter } from "../enter.ts";
import { stack } from "../facts.ts";
import { addressOf, audiences, methodsOf } from "./routes.ts";

/**
 * I01: every route × role × whose request × method, made from the build. What each cell must be is said by `decided`, a
 * few sentences; what it is, by asking. The whole table is left in tests/.output/access-matrix.md.
 */
test.describe.configure({ timeout: 300_000 });

const roles = ["nobody", "person", "auditor", "second", "operator"] as const;
type Role = (typeof roles)[number];
const owners = ["own", "foreign"] as const;
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
/** open: the route answers. door: go and sign in. none: there is no such thing. refused: not by this method, or not from there. */
type Outcome = "open" | "door" | "none" | "refused";

function decided(route: string, role: Role, owner: (typeof owners)[number], method: string): Outcome {
  const audience = audiences[route];
  if (audience === undefined) throw new Error(`nobody has decided on ${route}`);
  const answers = methodsOf(route)?.flatMap((each) => (each === "GET" ? ["GET", "HEAD"] : [each])) ?? methods;
  if (!answers.some((each) => each === method)) return "refused";
  if (audience === "public") return "open";
  if (role === "nobody") return "door";
  if (audience === "subject") return isAbout(route) && owner === "foreign" ? "none" : "open";
  if (role === "person") return "none";
  return audience === "decider" && role !== "operator" ? "none" : "open";
}

/** Of one request, or of one person's plan. */
const isAbout = (route: string) => route.includes("[reference]") || route.endsWith("/erasure/plan") || route.includes("/receipts/");

/** Public routes say no in their own ways (a missing key, a wrong address): they are open, whatever they answer but an error of ours. */
function seen(route: string, method: string, status: number, location: string | null, body: string): Outcome {
  if (status >= 500) throw new Error(`${method} ${route} broke: ${status}`);
  if (status === 405 || (status === 403 && audiences[route] !== "public") || location?.includes("problem=foreign_origin")) return "refused";
  if (audiences[route] === "public") return "open";
  if (location?.startsWith("/sign-in") || body.includes("NEXT_REDIRECT;") && body.includes("/sign-in")) return "door";
  return status === 404 ? "none" : "open";
}

async function sessions(browser: Browser): Promise<Record<Role, APIRequestContext>> {
  const { people, staff } = stack();
  const signIn = async (person: Parameters<typeof enter>[1]) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await enter(page, person);
    await page.close();
    return context.request;
  };
  return {
    nobody: (await browser.newContext()).request,
    person: await signIn(people.mei),
    auditor: await signIn(staff.auditor),
    second: await signIn(staff.second),
    operator: await signIn(people.frida),
  };
}

test("every cell of the access matrix is as it was decided", async ({ browser }) => {
  const { databaseUrl, portalUrl, people, staff } = stack();
  const db = createDb(databaseUrl);
  const requests = await sessions(browser);
  const person = async (mxid: string) => (await db.person.findUniqueOrThrow({ where: { mxid } })).id;
  const stranger = await db.person.upsert({ where: { mxid: people.ben.mxid }, create: { mxid: people.ben.mxid, firstSeenAt: new Date(), accountState: "active" }, update: {} });
  // What every route has something to show of: an erasure with a date, a copy with a package (whose key opens nothing).
  const erasure = { kind: "erasure" as const, state: "grace" as const, notBefore: new Date(Date.now() + 86_400_000), scope: { redact: true, suspend: false, leaveNow: false } };
  const plant = async (personId: string) => {
    const { reference: grace } = await makeRequest(db, personId, erasure);
    const { id: requestId, reference: copy } = await makeRequest(db, personId, { state: "ready" });
    await db.package.create({ data: { requestId, storageKey: `matrix-${requestId}`, wrappedKey: "x", bytes: 1n, sha256: "s", builtAt: new Date(), expiresAt: new Date(Date.now() + 86_400_000), summary: {} } });
    const { id: planId } = await db.erasurePlan.create({ data: { personId, askedAt: new Date() } });
    const receipt = crypto.randomUUID();
    await db.consentRecord.create({ data: { id: receipt, personId, act: "given", via: "portal", policy: "matrix", version: "1", at: new Date(), receipt: { create: { document: {} } } } });
    const { id: graceId } = await db.request.findUniqueOrThrow({ where: { reference: grace }, select: { id: true } });
    const { id: file } = await db.attachment.create({ data: { requestId: graceId, authorId: personId, at: new Date(), name: "matrix.txt", mediaType: "text/plain", bytes: 1, sha256: "s", sealed: new Uint8Array(64) } });
    return { grace, copy, planId, receipt, file };
  };
  const mxids = { person: people.mei.mxid, auditor: staff.auditor.mxid, second: staff.second.mxid, operator: people.frida.mxid };
  const own = Object.fromEntries(await Promise.all(Object.entries(mxids).map(async ([role, mxid]) => [role, await plant(await person(mxid))] as const))) as Record<string, Awaited<ReturnType<typeof plant>>>;
  const foreign = await plant(stranger.id);
  await db.report.create({ data: { month: "2001-01", madeAt: new Date(), numbers: {}, pdf: new Uint8Array(1) } });
  const address = (route: string, of: typeof foreign) => addressOf(route, route.endsWith("/download") ? of.copy : of.grace, route.includes("/files/") ? of.file : of.receipt) + (route.endsWith("/plan") ? `?plan=${of.planId}` : "");

  const rows: string[] = [];
  const wrong: string[] = [];
  for (const route of Object.keys(audiences)) {
    for (const role of roles) {
      for (const owner of isAbout(route) ? owners : (["foreign"] as const)) {
        const cells = await Promise.all(methods.map(async (method) => {
          const to = new URL(address(route, (owner === "own" ? own[role] : undefined) ?? foreign), portalUrl).href;
          const headers = { origin: portalUrl, "sec-fetch-site": "same-origin" };
          const answer = await requests[role].fetch(to, { method, headers, maxRedirects: 0 });
          const location = answer.headers()["location"] ?? null;
          return [method, seen(route, method, answer.status(), location && location.replace(portalUrl, ""), await answer.text()), answer.status()] as const;
        }));
        rows.push(`| ${route} | ${role} | ${owner} | ${cells.map(([, outcome, status]) => `${outcome} ${status}`).join(" | ")} |`);
        for (const [method, outcome, status] of cells) {
          const must = decided(route, role, owner, method);
          if (outcome !== must) wrong.push(`${method} ${route} as ${role}, ${owner}: ${outcome} (${status}) instead of ${must}`);
        }
      }
    }
  }
  mkdirSync("tests/.output", { recursive: true });
  writeFileSync("tests/.output/access-matrix.md", `| route | role | request | ${methods.join(" | ")} |\n|${"---|".repeat(3 + methods.length)}\n${rows.join("\n")}\n`);
  const planted = [...Object.values(own), foreign];
  await db.request.deleteMany({ where: { reference: { in: planted.flatMap(({ grace, copy }) => [grace, copy]) } } });
  await db.report.delete({ where: { month: "2001-01" } });
  await db.consentRecord.deleteMany({ where: { id: { in: planted.map(({ receipt }) => receipt) } } });
  await db.erasurePlan.deleteMany({ where: { id: { in: planted.map(({ planId }) => planId) } } });
  await db.$disconnect();
  expect(wrong).toEqual([]);
});

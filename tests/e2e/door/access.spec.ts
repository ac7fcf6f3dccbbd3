import { expect, test, type APIRequestContext } from "@playwright/test";
import { createDb } from "#lib/db/client.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { enter } from "../enter.ts";
import { stack } from "../facts.ts";
import { addressOf, audiences, builtRoutes, methodsOf } from "./routes.ts";

const db = createDb(stack().databaseUrl);
let foreign: { reference: string };
let owner: string;
test.beforeAll(async () => {
  owner = `@owner-of-a-secret-${Date.now()}:garden.example`;
  const { personId } = await makePerson(db, { mxid: owner });
  foreign = await makeRequest(db, personId);
});
test.afterAll(() => db.$disconnect());

test("every route of the build has an audience, and every audience a route", () => {
  expect(builtRoutes().sort()).toEqual(Object.keys(audiences).sort());
});

const of = (...kinds: string[]) => Object.keys(audiences).filter((route) => kinds.includes(audiences[route] ?? ""));

/** Ways around that went past Next's own checks in earlier versions. */
const disguises: readonly Readonly<Record<string, string>>[] = [
  {},
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-segment-prefetch": "/_tree" },
  { "x-portal-path": "/", "x-invoke-path": "/rights", "x-matched-path": "/rights" },
  { cookie: "portal-session=forged; __Host-portal-session=forged" },
  { authorization: "Bearer forged" },
];

/** Next first sends an RSC request without its checksum to the same address with one. */
async function visit(request: APIRequestContext, path: string, headers: Readonly<Record<string, string>>, method = "GET") {
  const ask = async (to: string) => await request.fetch(new URL(to, stack().portalUrl).href, { method, headers, maxRedirects: 0 });
  const response = await ask(path);
  const to = response.headers()["location"] ?? "";
  return to.startsWith(path) && to.includes("_rsc=") ? await ask(to) : response;
}

for (const route of of("subject", "desk", "decider")) {
  test(`without a session, ${route} shows nothing, however it is asked`, async ({ request }) => {
    for (const headers of disguises) {
      for (const method of ["GET", "HEAD", "POST"]) {
        const response = await visit(request, addressOf(route, foreign.reference), headers, method);
        const body = await response.text();
        const where = `${method} ${JSON.stringify(headers)}`;
        // A prefetch gets the shape of the tree, which is no secret, and nothing that a page says.
        if (response.status() === 200) expect(body, where).toMatch(/NEXT_REDIRECT;|"\/sign-in|^$|^\d:\[\["children".*__PAGE__/);
        else expect([303, 307, 308, 403, 404, 405], where).toContain(response.status());
        const location = response.headers()["location"];
        if (location) expect(new URL(location, stack().portalUrl).href.replace(stack().portalUrl, ""), where).toMatch(/^\/sign-in\?|\?problem=foreign_origin$/);
        expect(body, where).not.toContain(owner);
        expect(body, where).not.toContain("Being checked");
      }
    }
  });
}

test("somebody else's request does not exist, on any route and by any method; nor does the desk", async ({ page }) => {
  await enter(page, stack().people.mei);
  const headers = { origin: stack().portalUrl, "sec-fetch-site": "same-origin" };
  for (const route of [...of("subject").filter((one) => /\[(reference|id)\]/.test(one)), ...of("desk", "decider")]) {
    for (const reference of [foreign.reference, "00000000", "../privacy", "%00"]) {
      for (const method of methodsOf(route) ?? ["GET"]) {
        const response = await visit(page.request, addressOf(route, encodeURIComponent(reference)), headers, method);
        expect(response.status(), `${method} ${route} ${reference}`).toBe(404);
        expect(await response.text()).not.toContain(owner);
      }
    }
  }
});

test("an operator finds the desk and the case", async ({ page }) => {
  await enter(page, stack().people.frida, "/desk");
  const response = await page.goto(`${stack().portalUrl}/desk/${foreign.reference}`);
  expect(response?.status()).toBe(200);
  await expect(page.getByText(owner).first()).toBeVisible();
});

test("of next-auth only what the sign-in page needs is there", async ({ request }) => {
  for (const path of ["session", "providers", "signin", "signin/matrix", "signout", "error", "verify-request", "_log", "callback/other", "csrf/x"]) {
    for (const method of ["GET", "POST"]) expect((await visit(request, `/api/auth/${path}`, { origin: stack().portalUrl }, method)).status(), `${method} ${path}`).toBe(404);
  }
});

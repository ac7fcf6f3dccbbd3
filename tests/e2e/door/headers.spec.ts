import { expect, test, type APIResponse } from "@playwright/test";
import { enter } from "../enter.ts";
import { stack } from "../facts.ts";
import { addressOf, audiences } from "./routes.ts";

const nonces = new Set<string>();

function check(response: APIResponse, what: string): void {
  const headers = response.headers();
  const policy = headers["content-security-policy"] ?? "";
  const nonce = /'nonce-([^']{20,})'/.exec(policy)?.[1] ?? "";
  expect(nonce, `${what}: a nonce`).not.toBe("");
  expect(nonces.has(nonce), `${what}: a nonce of its own`).toBe(false);
  nonces.add(nonce);
  expect(policy, what).toContain("default-src 'none'");
  expect(policy, what).toContain("require-trusted-types-for 'script'");
  expect(policy, what).not.toMatch(/unsafe-(inline|eval)/);
  expect(headers["x-content-type-options"], what).toBe("nosniff");
  expect(headers["referrer-policy"], what).toMatch(/^(no-referrer|same-origin|strict-origin)$/);
  expect(headers["permissions-policy"], what).toContain("camera=()");
  expect(headers["cross-origin-opener-policy"], what).toBe("same-origin");
  expect(headers["cross-origin-resource-policy"], what).toBe("same-origin");
  expect(headers["x-powered-by"], what).toBeUndefined();
  expect(headers["cache-control"], what).toContain("no-store");
}

test("every class of answer carries the headers: pages, files, redirects, refusals, errors", async ({ page }) => {
  const { portalUrl } = stack();
  await enter(page, stack().people.mei);
  const addresses = [...Object.keys(audiences).map((route) => addressOf(route, "7F3K29QD")), "/nothing/here", "/%", "/%ff", "/a%2fb", "/sign-in-worker.js", "/_next/static/nothing.js", "/_next/image?url=x", "/requests/", "/robots.txt"];
  const statuses = new Set<number>();
  for (const path of addresses) {
    const response = await page.request.get(`${portalUrl}${path}`, { maxRedirects: 0 });
    statuses.add(response.status());
    check(response, `GET ${path} (${response.status()})`);
  }
  for (const [path, headers] of [["/privacy", { "next-action": "00" }], ["/requests/7F3K29QD/download", {}], ["/api/auth/callback/matrix", {}]] as const) {
    const response = await page.request.post(`${portalUrl}${path}`, { headers, maxRedirects: 0 });
    statuses.add(response.status());
    check(response, `POST ${path} (${response.status()})`);
  }
  expect([...statuses]).toEqual(expect.arrayContaining([200, 307, 404, 403, 405]));
});

test("files of the build may be kept, and nothing else", async ({ page }) => {
  await page.goto(stack().portalUrl);
  const script = await page.locator("script[src]").first().getAttribute("src");
  const response = await page.request.get(`${stack().portalUrl}${script ?? ""}`);
  expect(response.headers()["cache-control"]).toContain("immutable");
  expect(response.headers()["x-content-type-options"]).toBe("nosniff");
});

test("a browser obeying the policy finds nothing to complain about on any public page", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  for (const path of ["/", "/rights", "/privacy-notice", "/verify", "/sign-in", "/not-me/7F3K-29QD", "/not-for-you?why=guest"]) {
    await page.goto(`${stack().portalUrl}${path}`);
    await page.waitForLoadState("networkidle");
  }
  // Client-side navigation loads more script: through the Trusted Types policy.
  await page.goto(stack().portalUrl);
  await page.getByRole("link", { name: "See what is kept and why" }).click();
  await page.waitForURL("**/rights");
  await page.getByRole("link", { name: "Privacy notice of this portal" }).click();
  await page.waitForURL("**/privacy-notice");
  expect(complaints).toEqual([]);
});

test("what slips into a page as text runs nowhere", async ({ page }) => {
  await page.goto(stack().portalUrl);
  const stopped = await page.evaluate(() => {
    const outcomes: string[] = [];
    const attempt = (name: string, act: () => void) => {
      try {
        act();
      } catch {
        outcomes.push(name);
      }
    };
    attempt("innerHTML", () => (document.createElement("div").innerHTML = "<img src=x onerror=alert(1)>"));
    attempt("script.src", () => (document.createElement("script").src = "https://evil.example/x.js"));
    attempt("script.text", () => (document.createElement("script").text = "alert(1)"));
    attempt("own upload", () => (document.createElement("script").src = "/requests/x/download"));
    return outcomes;
  });
  expect(stopped).toEqual(["innerHTML", "script.src", "script.text", "own upload"]);
});

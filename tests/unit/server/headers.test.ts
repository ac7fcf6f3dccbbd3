import { describe, expect, test } from "vitest";
import { pickLocale } from "#app/_server/locale.ts";
import { requireSameOrigin } from "#app/_server/same-origin.ts";
import { securityHeaders } from "#app/_server/security-headers.ts";

const around = { nonce: "abc", https: true, homeserver: "https://matrix.example.org/base", path: "/privacy", development: false };

describe("security headers", () => {
  const policy = (over = {}) => {
    const text = securityHeaders({ ...around, ...over })["content-security-policy"] ?? "";
    return new Map(text.split("; ").map((directive) => [directive.split(" ")[0] ?? "", directive.split(" ").slice(1).join(" ")]));
  };

  test("nothing is allowed that is not named, and nothing inline without the nonce", () => {
    expect(policy().get("default-src")).toBe("'none'");
    expect(policy().get("script-src")).toBe("'nonce-abc' 'strict-dynamic'");
    expect(policy().get("style-src")).toBe("'self' 'nonce-abc'");
    for (const name of ["object-src", "base-uri", "frame-ancestors"]) expect(policy().get(name)).toBe("'none'");
    expect(policy().get("require-trusted-types-for")).toBe("'script'");
    expect(policy().get("trusted-types")).toBe("default");
    expect(policy().get("form-action")).toBe("'self'");
    expect([...policy().values()].join(" ")).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
  });

  test("the browser may talk to the portal and to the homeserver's origin only", () => {
    expect(policy().get("connect-src")).toBe("'self' https://matrix.example.org");
    expect(policy({ homeserver: null }).get("connect-src")).toBe("'self'");
  });

  test("HSTS and upgrades belong to https alone", () => {
    expect(securityHeaders(around)["strict-transport-security"]).toMatch(/^max-age=63072000/);
    expect(securityHeaders({ ...around, https: false })).not.toHaveProperty("strict-transport-security");
    expect(policy().has("upgrade-insecure-requests")).toBe(true);
    expect(policy({ https: false }).has("upgrade-insecure-requests")).toBe(false);
  });

  test("the door's addresses are told to nobody", () => {
    expect(securityHeaders({ ...around, path: "/sign-in/return" })["referrer-policy"]).toBe("no-referrer");
    expect(securityHeaders({ ...around, path: "/sign-in" })["referrer-policy"]).toBe("no-referrer");
    expect(securityHeaders(around)["referrer-policy"]).toBe("same-origin");
  });

  test("only files of the build may be stored", () => {
    expect(securityHeaders(around)["cache-control"]).toBe("no-store");
    expect(securityHeaders({ ...around, path: "/_next/static/chunks/a.js" })).not.toHaveProperty("cache-control");
  });
});

describe("same origin", () => {
  const portal = "https://privacy.example.org";
  const check = (headers: Record<string, string>) => () => requireSameOrigin(new Headers(headers), portal);

  test.each<Record<string, string>>([{ origin: portal }, { origin: portal, "sec-fetch-site": "same-origin" }])("%j is ours", (headers) => {
    expect(check(headers)).not.toThrow();
  });
  test.each<Record<string, string>>([
    {},
    { "sec-fetch-site": "same-origin" },
    { origin: "null" },
    { origin: "https://evil.example" },
    { origin: "http://privacy.example.org" },
    { origin: "https://privacy.example.org:8443" },
    { origin: "https://privacy.example.org.evil.example" },
    { origin: "https://evil.example", host: "evil.example", "x-forwarded-host": "evil.example" },
    { origin: portal, "sec-fetch-site": "cross-site" },
    { origin: portal, "sec-fetch-site": "same-site" },
    { origin: portal, "sec-fetch-site": "none" },
  ])("%j is not", (headers) => {
    expect(check(headers)).toThrow(expect.objectContaining({ code: "forbidden", reason: "foreign_origin" }));
  });
});

describe("locale", () => {
  const ours = ["en", "de", "pt-BR"];
  test.each([
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["fr, en;q=0.1", "en"],
    ["pt-br", "pt-BR"],
    ["de;q=0, en", "en"],
    ["en;q=0.5, de;q=0.9", "de"],
    ["", "en"],
    ["*", "en"],
    [null, "en"],
    [";;q=,,,=", "en"],
  ])("%j means %s", (header, locale) => {
    expect(pickLocale(header, ours, "en")).toBe(locale);
  });
});

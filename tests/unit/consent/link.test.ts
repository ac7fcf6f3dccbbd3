import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readLink, signLink } from "#lib/consent/link.ts";

const secret = "form secret";
const h = (u: string) => createHmac("sha256", secret).update(u, "utf8").digest("hex");
const read = (u: unknown, mac: unknown, formSecret: string | null = secret) => readLink(formSecret, "test.example", { u, h: mac });

describe("the homeserver's consent link", () => {
  test("is signed as Synapse signs it", () => {
    expect(signLink(secret, "@ada:test.example")).toBe(h("@ada:test.example"));
    // hashlib of Python: hmac.new(b"form secret", b"ada", sha256).hexdigest()
    expect(h("ada")).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each(["ada", "@ada:test.example"])("counts for %s", (u) => expect(read(u, h(u))).toBe("@ada:test.example"));

  test("takes odd localparts as they are", () => {
    for (const u of ["o=d/d+1", "Ada", "ä", "a b"]) expect(read(u, h(u))).toBe(`@${u}:test.example`);
  });

  test("the signature counts for one spelling only", () => {
    expect(read("@ada:test.example", h("ada"))).toBeNull();
    expect(read("ada", h("@ada:test.example"))).toBeNull();
    expect(read("Ada", h("ada"))).toBeNull();
  });

  test.each<[string, unknown, unknown]>([
    ["no u", undefined, h("")], ["empty u", "", h("")], ["no h", "ada", undefined], ["short h", "ada", h("ada").slice(2)], ["long h", "ada", `${h("ada")}00`],
    ["not hex", "ada", "z".repeat(64)], ["several of each", ["ada", "eve"], [h("ada")]], ["numbers", 1, 2], ["broken unicode", "\ud800", h("\ud800")],
    ["too long", "a".repeat(300), h("a".repeat(300))], ["another server's", "@ada:elsewhere.example", h("@ada:elsewhere.example")], ["no Matrix ID", "@ada", h("@ada")],
    ["a null byte", "a\0b", h("a\0b")],
  ])("is none with %s", (_what, u, mac) => expect(read(u, mac)).toBeNull());

  test("is none where the homeserver has no secret, even one signed with nothing", () => {
    expect(read("ada", createHmac("sha256", "").update("ada").digest("hex"), null)).toBeNull();
  });

  test("capital hex digits are the same number", () => expect(read("ada", h("ada").toUpperCase())).toBe("@ada:test.example"));
});

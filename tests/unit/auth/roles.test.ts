import { describe, expect, it } from "vitest";
import { roleOf } from "#lib/auth/roles.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";

const policy = {
  operators: ["@officer:test.example"],
  secondOperators: ["@deputy:test.example", "@officer:test.example"],
  auditors: ["@audit:test.example", "@deputy:test.example"],
  synapseAdmins: "none",
} as const;
const role = (mxid: string, admin = false, given: Partial<Parameters<typeof roleOf>[0]> = {}) => roleOf({ ...policy, ...given }, mxid as Mxid, admin);

describe("a role on the desk", () => {
  it("comes from the configured lists, the strongest one first", () => {
    expect([role("@officer:test.example"), role("@deputy:test.example"), role("@audit:test.example"), role("@ada:test.example")]).toEqual(["operator", "second", "auditor", null]);
  });

  it.each(["@Officer:test.example", "@officer:test.example ", "@оfficer:test.example", "@officer:test.example.org", "@officer:TEST.example"])("is nobody else's: %j", (twin) => {
    expect(role(twin)).toBeNull();
  });

  it("is an admin's of the homeserver only where the controller says so", () => {
    expect(role("@root:test.example", true)).toBeNull();
    expect(role("@root:test.example", true, { synapseAdmins: "auditor" })).toBe("auditor");
    expect(role("@root:test.example", true, { synapseAdmins: "operator" })).toBe("operator");
    expect(role("@root:test.example", false, { synapseAdmins: "operator" })).toBeNull();
    // An admin who is also the second of two is not made less by it.
    expect(role("@deputy:test.example", true, { synapseAdmins: "auditor" })).toBe("second");
  });
});

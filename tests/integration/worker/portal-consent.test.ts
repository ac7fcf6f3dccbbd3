import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FaultyServer, json, type Reply, startFaultyServer } from "#tests/fakes/faulty-server.ts";
import { freshDb } from "#tests/fixtures/db.ts";
import { goodWorkerEnv } from "#tests/fixtures/env.ts";
import { policiesFolder } from "#tests/fixtures/policies.ts";
import { runPortal } from "#tests/harness/run-portal.ts";

let own: Awaited<ReturnType<typeof freshDb>>;
let homeserver: FaultyServer;
let folder: string;
beforeAll(async () => {
  [own, homeserver, folder] = await Promise.all([freshDb(), startFaultyServer(), mkdtemp(join(tmpdir(), "portal-consent-"))]);
});
afterAll(async () => {
  await Promise.all([own.drop(), homeserver.stop(), rm(folder, { recursive: true, force: true })]);
});

/** Nothing but our database and the homeserver is there. */
async function portal(args: readonly string[], env: Readonly<Record<string, string>>) {
  const places = { DATABASE_URL: own.url, HOMESERVER_URL: homeserver.url, SYNAPSE_DATABASE_URL: "postgres://nobody@127.0.0.1:9/synapse", SMTP_URL: "smtp://127.0.0.1:9", STORAGE: join(folder, "packages") };
  return await runPortal(args, { ...goodWorkerEnv, ...places, ...env });
}

describe("consent at the command line", () => {
  const texts = { POLICIES: policiesFolder };
  /** The homeserver with a consent form that asks for `version`, or answers with a status. */
  const form = (what: string | number): Reply => (request, response) => {
    const path = request.url ?? "";
    if (path.endsWith("/account/whoami")) return json(200, { user_id: "@admin:example.org" })(request, response);
    if (!path.startsWith("/_matrix/consent")) return json(404, { errcode: "M_NOT_FOUND" })(request, response);
    if (typeof what === "number") return void response.writeHead(what, { location: "https://privacy.example.org/" }).end();
    response.writeHead(200, { "content-type": "text/html" }).end(`<form><input type="hidden" name="u" value="x"><input value='${what}' name=v></form>`);
  };
  it.each([
    ["2.0", "ok", "asks for version 2.0"], ["1.0", "unfit", "asks for version 1.0, policy.json for 2.0"], [404, "unfit", "has no consent form"],
    [403, "unfit", "does not accept FORM_SECRET"], [302, "unfit", "HOMESERVER_URL leads through the proxy"], [503, "away", "does not answer"],
  ] as const)("check says of a form that answers %s: %s", async (what, verdict, words) => {
    homeserver.script(form(what));
    const { stdout } = await portal(["check", "--json"], { ...texts, FORM_SECRET: "secret" });
    const found = (JSON.parse(stdout) as { checks: { name: string; verdict: string; details: string[] }[] }).checks.find(({ name }) => name === "consent");
    expect(found).toMatchObject({ verdict, details: [expect.stringContaining(words)] });
  });

  it("check says that the ledger stands alone, and names a file that is wrong", async () => {
    const alone = await portal(["check"], texts);
    expect(alone.stdout).toContain("the portal's ledger stands alone");
    await mkdir(join(folder, "texts", "terms"), { recursive: true });
    await writeFile(join(folder, "texts", "terms", "policy.json"), "{");
    const broken = await portal(["check"], { POLICIES: join(folder, "texts") });
    expect([broken.code, broken.stdout]).toEqual([6, expect.stringContaining("terms/policy.json is not JSON")]);
  });

  it("publishes a version once, and says what is wrong with another", async () => {
    const publish = (...args: string[]) => portal(["publish-policy", ...args], texts);
    const first = await publish("terms", "2.0", "--notify");
    expect([first.code, JSON.parse(first.stdout)]).toEqual([0, { publicationId: expect.any(String), before: false, notifies: true }]);
    expect(JSON.parse((await publish("terms", "2.0")).stdout)).toMatchObject({ before: true, notifies: false });
    for (const args of [["terms"], ["terms", "1.0"], ["terms", "9"], ["nothing", "1.0"], ["terms", "2.0", "--loud"]]) expect((await publish(...args)).code, args.join(" ")).toBe(2);
    expect(await own.db.policyPublication.count()).toBe(1);
  });
});
